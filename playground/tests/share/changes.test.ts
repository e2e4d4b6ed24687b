import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BadLink } from "../../src/share/bad-link.ts";
import { applyChanges, diffFiles } from "../../src/share/changes.ts";

const FILES = { "a.py": "a = 1\n", "b.py": "b = 2\n", "data.csv": "day,rain\n1,0.5\n2,1.5\n" };

describe("of an example a link holds only the files that differ, and gives all of them back", () => {
  it.each([
    ["nothing changed", FILES, { files: {} }],
    ["code edited", { ...FILES, "b.py": "3" }, { files: { "b.py": "3" } }],
    ["a file added", { ...FILES, "c.py": "4" }, { files: { "c.py": "4" } }],
    ["a file gone", { "a.py": FILES["a.py"], "b.py": FILES["b.py"] }, { files: { "data.csv": null } }],
    [
      "data edited",
      { ...FILES, "data.csv": "day,rain\n1,0.75\n2,1.5\n" },
      { files: {}, spliced: { "data.csv": [[13, 0, "7"]] } },
    ],
    [
      "data repeated",
      { ...FILES, "data.csv": FILES["data.csv"].repeat(2) },
      { files: {}, spliced: { "data.csv": [[21, 0, FILES["data.csv"]]] } },
    ],
    ["data emptied", { ...FILES, "data.csv": "" }, { files: {}, spliced: { "data.csv": [[0, 21, ""]] } }],
  ])("%s", (_, files, expected) => {
    const held = diffFiles(FILES, files);
    expect(held).toEqual(expected);
    expect(applyChanges(FILES, held)).toEqual(files);
  });

  it("and little of data that is edited in a few places, however far apart", () => {
    const rows = Array.from({ length: 30_000 }, (_, at) => `${at},${(at * 7919) % 1000}\n`);
    const edited = rows.with(10, "10,1.5\n").with(29_990, "29990,2.5\n").toSpliced(20_000, 1);
    const [before, after] = [{ "data.csv": rows.join("") }, { "data.csv": edited.join("") }];
    const held = diffFiles(before, after);
    expect(JSON.stringify(held).length).toBeLessThan(150);
    expect(applyChanges(before, held)).toEqual(after);
  });

  it("and all of data that is another", () => {
    const text = (seed: number): string => Array.from({ length: 5_000 }, (_, at) => `${at * seed}\n`).join("");
    const held = diffFiles({ "data.csv": text(3) }, { "data.csv": text(7) });
    expect(applyChanges({ "data.csv": text(3) }, held)).toEqual({ "data.csv": text(7) });
  });

  it("whatever data is edited to, also within a character of two code units", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", "\n", "🌊", "🌍", "é") });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const held = diffFiles({ "data.csv": before }, { "data.csv": after });
        expect(applyChanges({ "data.csv": before }, JSON.parse(JSON.stringify(held)))).toEqual({ "data.csv": after });
      }),
    );
  });
});

describe("a link", () => {
  it("holds all files where there is no example", () => {
    expect(diffFiles({}, FILES)).toEqual({ files: FILES });
  });

  it.each([
    ["no such file", "other.csv", [0, 0, ""]],
    ["a longer text", "data.csv", [12, 12, ""]],
    ["a file of every object", "constructor", [0, 0, ""]],
  ] as const)("is refused where it holds changes to %s", (_, name, [keep, drop, text]) => {
    const held = { files: {}, spliced: { [name]: [[keep, drop, text] as [number, number, string]] } };
    expect(() => applyChanges(FILES, held)).toThrow(`changes to ${name} of another text`);
  });

  it("has to come to at least one file", () => {
    expect(() => applyChanges({}, { files: {} })).toThrow(BadLink);
  });
});
