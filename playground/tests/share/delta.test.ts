import { describe, expect, it } from "vitest";
import type { Example } from "../../src/example.ts";
import { BadLink } from "../../src/share/codec.ts";
import { applied, changes } from "../../src/share/delta.ts";

const CODE = `${Array.from({ length: 30 }, (_, at) => `def step_${at}() -> int:\n    return ${at}\n`).join("\n")}`;

const EXAMPLE = {
  name: "weather",
  title: "Weather",
  files: { "a.py": CODE, "b.py": "2", "data.csv": "x" },
} as unknown as Example;

describe("the link to a changed example", () => {
  it.each([
    ["unchanged", EXAMPLE.files, {}],
    ["a short file edited", { ...EXAMPLE.files, "b.py": "3" }, { "b.py": "3" }],
    ["one file added", { ...EXAMPLE.files, "c.py": "4" }, { "c.py": "4" }],
    ["one file gone", { "a.py": CODE, "b.py": "2" }, { "data.csv": null }],
  ])("holds only the files that differ and gives them back: %s", async (_, files, expected) => {
    const delta = await changes(EXAMPLE, files);
    expect(delta).toEqual({ example: "weather", files: expected });
    expect(applied(EXAMPLE, delta)).toEqual(files);
  });

  it.each([
    ["a word", CODE.replace("return 7\n", "return 70\n")],
    ["the first line", `# new\n${CODE}`],
    ["the last line", `${CODE}# new`],
    ["lines gone", CODE.replace(/def step_3.*def step_6/s, "def step_6")],
    ["lines of another language", CODE.replace("return 9\n", "return '世界 🌊'\n")],
    ["other line endings in one place", CODE.replace("return 4\n", "return 4\r\n")],
    ["many places", CODE.replaceAll("return", "return 2 *")],
  ])("holds only what changed in a file and gives it back: %s", async (_, text) => {
    const files = { ...EXAMPLE.files, "a.py": text };
    const delta = await changes(EXAMPLE, files);
    expect(delta.files).toEqual({});
    expect(JSON.stringify(delta.patches).length).toBeLessThan(text.length);
    expect(applied(EXAMPLE, delta)).toEqual(files);
  });

  it("holds a file whole that has little in common with the example's", async () => {
    const text = "import pandas as pd\n";
    expect((await changes(EXAMPLE, { "a.py": text })).files["a.py"]).toBe(text);
  });

  it("says that the example was changed since, rather than put the changes in wrong places", async () => {
    const delta = await changes(EXAMPLE, { ...EXAMPLE.files, "a.py": CODE.replace("return 7\n", "return 70\n") });
    const later = { ...EXAMPLE, files: { ...EXAMPLE.files, "a.py": `"""Weather."""\n${CODE}` } };
    const open = () => applied(later, { ...delta, engine: "0.1.0" });
    expect(open).toThrow(BadLink);
    expect(open).toThrow("changes to a.py of “Weather” as it was once");
    expect(open).toThrow("Headwater 0.1.0");
  });

  it("needs the example that it changes", () => {
    expect(() => applied(null, { files: {}, patches: { "a.py": ["x"] } })).toThrow(BadLink);
  });

  it("holds all files where there is no example", async () => {
    expect(await changes(null, { "a.py": "1" })).toEqual({ files: { "a.py": "1" } });
  });

  it("has to come to at least one file", () => {
    expect(() => applied(null, { files: {} })).toThrow(BadLink);
  });
});
