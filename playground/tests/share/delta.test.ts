import { describe, expect, it } from "vitest";
import type { Example } from "../../src/example.ts";
import { BadLink } from "../../src/share/codec.ts";
import { applied, changes } from "../../src/share/delta.ts";
import { editionOf } from "../../src/share/editions.ts";

const CODE = `${Array.from({ length: 30 }, (_, at) => `def step_${at}() -> int:\n    return ${at}\n`).join("\n")}`;
const FILES = { "a.py": CODE, "b.py": "2", "data.csv": "x" };
const EXAMPLE = { name: "weather", title: "Weather", files: FILES } as unknown as Example;

describe("the link to a changed example", () => {
  it.each([
    ["unchanged", FILES, {}],
    ["a short file edited", { ...FILES, "b.py": "3" }, { "b.py": "3" }],
    ["one file added", { ...FILES, "c.py": "4" }, { "c.py": "4" }],
    ["one file gone", { "a.py": CODE, "b.py": "2" }, { "data.csv": null }],
  ])("holds only the files that differ and gives them back: %s", async (_, files, expected) => {
    const delta = await changes(EXAMPLE, files, null);
    expect(delta).toEqual({ example: "weather", edition: editionOf(FILES), files: expected });
    expect(await applied(FILES, delta)).toEqual(files);
  });

  it.each([
    ["a word", CODE.replace("return 7\n", "return 70\n")],
    ["the first line", `# new\n${CODE}`],
    ["the last line", `${CODE}# new`],
    ["lines gone", CODE.replace(/def step_3.*def step_6/s, "def step_6")],
    ["lines of another language", CODE.replace("return 9\n", "return '世界 🌊'\n")],
    ["other line endings in one place", CODE.replace("return 4\n", "return 4\r\n")],
    ["many places", CODE.replaceAll("return", "return 2 *")],
  ])("tells a file by the example's and gives it back: %s", async (_, text) => {
    const files = { ...FILES, "a.py": text };
    const delta = await changes(EXAMPLE, files, 6);
    expect(delta.files).toEqual({});
    expect(delta.told?.["a.py"]?.length).toBeLessThan(text.length);
    expect(await applied(FILES, delta)).toEqual(files);
  });

  it("refuses changes to another text, rather than put them in wrong places", async () => {
    const old = { files: {}, patches: { "a.py": ["1x2y3z", 3, 0, "x"] } };
    await expect(applied(FILES, old)).rejects.toThrow(BadLink);
    await expect(applied({}, old)).rejects.toThrow("changes to a.py of another text");
    await expect(applied(FILES, { files: {}, told: { "b.py": "\x7f~~~" } })).rejects.toThrow(BadLink);
  });

  it("holds all files where there is no example", async () => {
    expect(await changes(null, { "a.py": "1" }, null)).toEqual({ files: { "a.py": "1" } });
    const files = { "a.py": `import pandas as pd\n\n\n${CODE}` };
    expect(await applied({}, await changes(null, files, 6))).toEqual(files);
  });

  it("has to come to at least one file", async () => {
    await expect(applied({}, { files: {} })).rejects.toThrow(BadLink);
  });

  it("does not unfold without end", async () => {
    const piece = (await changes(null, { "a.py": "import pandas as pd\n\n\ndef data() -> pd.DataFrame:\n" }, 6)).told?.[
      "a.py"
    ];
    await expect(applied({}, { files: {}, told: { "a.py": piece?.repeat(60_000) ?? "" } })).rejects.toThrow(
      "unfolds to more",
    );
  });
});
