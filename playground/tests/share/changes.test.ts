import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BadLink } from "../../src/share/bad-link.ts";
import { applyChanges, diffFiles } from "../../src/share/changes.ts";

const FILES = { "a.py": "a = 1\n", "b.py": "b = 2\n", "data.csv": "day,rain\n1,0.5\n2,1.5\n" };

describe("a link to an example holds only the changes and restores all files", () => {
  it.each([
    ["nothing changed", FILES, { files: {} }],
    ["code edited", { ...FILES, "b.py": "3" }, { files: { "b.py": "3" } }],
    ["a file added", { ...FILES, "c.py": "4" }, { files: { "c.py": "4" } }],
    ["a file deleted", { "a.py": FILES["a.py"], "b.py": FILES["b.py"] }, { files: { "data.csv": null } }],
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
    const changes = diffFiles(FILES, files);
    expect(changes).toEqual(expected);
    expect(applyChanges(FILES, changes)).toEqual(files);
  });

  it("for data edited in a few places, however far apart", () => {
    const rows = Array.from({ length: 30_000 }, (_, at) => `${at},${(at * 7919) % 1000}\n`);
    const edited = rows.with(10, "10,1.5\n").with(29_990, "29990,2.5\n").toSpliced(20_000, 1);
    const [before, after] = [{ "data.csv": rows.join("") }, { "data.csv": edited.join("") }];
    const changes = diffFiles(before, after);
    expect(JSON.stringify(changes).length).toBeLessThan(150);
    expect(applyChanges(before, changes)).toEqual(after);
  });

  it("for data that is replaced", () => {
    const text = (seed: number): string => Array.from({ length: 5_000 }, (_, at) => `${at * seed}\n`).join("");
    const changes = diffFiles({ "data.csv": text(3) }, { "data.csv": text(7) });
    expect(applyChanges({ "data.csv": text(3) }, changes)).toEqual({ "data.csv": text(7) });
  });

  it("for any edit, even within a surrogate pair", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", "\n", "🌊", "🌍", "é") });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const changes = diffFiles({ "data.csv": before }, { "data.csv": after });
        expect(applyChanges({ "data.csv": before }, JSON.parse(JSON.stringify(changes)))).toEqual({
          "data.csv": after,
        });
      }),
    );
  });
});

describe("a link", () => {
  it("holds all files if there is no example", () => {
    expect(diffFiles({}, FILES)).toEqual({ files: FILES });
  });

  it.each([
    ["no such file", "other.csv", [0, 0, ""]],
    ["a longer text", "data.csv", [12, 12, ""]],
    ["an inherited property", "constructor", [0, 0, ""]],
  ] as const)("is refused if it holds changes to %s", (_, name, [keep, drop, text]) => {
    const changes = { files: {}, spliced: { [name]: [[keep, drop, text] as [number, number, string]] } };
    expect(() => applyChanges(FILES, changes)).toThrow(`changes to ${name} cannot be applied to the example`);
  });

  it("must contain at least one file", () => {
    expect(() => applyChanges({}, { files: {} })).toThrow(BadLink);
  });
});
