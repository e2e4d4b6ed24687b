import { describe, expect, it } from "vitest";
import { scriptBlocks, scriptBlocksOf } from "../src/script-blocks.ts";

const BLOCK = '# /// script\n# dependencies = ["rich"]\n#\n# ///';

describe("the blocks of a module", () => {
  it.each<[string, string, [line: number, toml: string][]]>([
    ["none", "import rich\n", []],
    ["one", `"""Flow."""\n\n${BLOCK}\nimport rich\n`, [[3, 'dependencies = ["rich"]\n\n']]],
    ["one at the end of the file", BLOCK, [[1, 'dependencies = ["rich"]\n\n']]],
    ["one with CRLF line breaks", `${BLOCK}\n`.replaceAll("\n", "\r\n"), [[1, 'dependencies = ["rich"]\r\n\r\n']]],
    ["an empty one", "# /// script\n# ///\n", [[1, ""]]],
    [
      "two",
      `${BLOCK}\nx = 1\n${BLOCK}\n`,
      [
        [1, 'dependencies = ["rich"]\n\n'],
        [6, 'dependencies = ["rich"]\n\n'],
      ],
    ],
    ["one that does not end", '# /// script\n# dependencies = ["rich"]\nx = 1\n# ///\n', []],
    ["one after one that does not end", `# /// script\nx = 1\n${BLOCK}\n`, [[3, 'dependencies = ["rich"]\n\n']]],
    ["one that contains an end marker", "# /// script\n# a = 1\n# ///\n# b = 2\n# ///\n", [[1, "a = 1\n///\nb = 2\n"]]],
    ["one followed by a comment", "# /// script\n# a = 1\n# ///\n# Flow.\n", [[1, "a = 1\n"]]],
    ["a comment without a space", "# /// script\n#a = 1\n# ///\n", []],
    ["another kind", BLOCK.replace("script", "pyproject"), []],
    ["an indented one", BLOCK.replaceAll("#", "    #"), []],
  ])("are found: %s", (_, module, expected) => {
    const blocks = scriptBlocksOf(module);
    expect(blocks.map(({ line, toml }) => [line, toml])).toEqual(expected);
    for (const { text, start } of blocks) expect(module.slice(start, start + text.length)).toBe(text);
  });

  it.each([
    ["start markers without an end", "# /// script\n"],
    ["start markers in separate comments", "# /// script\n\n"],
    ["blocks", "# /// script\n# ///\n\n"],
    ["comments", "#\n"],
  ])("of a module with many %s are found in linear time", (_, line) => {
    // Quadratic time would far exceed the test's time limit.
    expect(() => scriptBlocksOf(`# /// script\n${line.repeat(2_000_000 / line.length)}`)).not.toThrow();
  });
});

it("the text of all modules' blocks changes with each block and with each module's name", () => {
  const files = { "flow.py": `${BLOCK}\n\n${BLOCK}\n`, "data.txt": BLOCK };
  expect(scriptBlocks({ "data.txt": BLOCK })).toBe("");
  expect(scriptBlocks({ ...files, "data.txt": "" })).toBe(scriptBlocks(files));
  expect(scriptBlocks({ ...files, "flow.py": `${files["flow.py"]}x = 1\n` })).toBe(scriptBlocks(files));
  expect(scriptBlocks({ ...files, "flow.py": `${BLOCK}\n\n${BLOCK.replace("rich", "attrs")}\n` })).not.toBe(
    scriptBlocks(files),
  );
  expect(scriptBlocks({ "other.py": files["flow.py"] })).not.toBe(scriptBlocks({ "flow.py": files["flow.py"] }));
});
