import { describe, expect, it } from "vitest";
import { requirementsIn, withRequirement } from "../../src/packages/script-metadata.ts";
import { scriptBlocks } from "../../src/state/script-blocks.ts";

const CODE = '"""Flow."""\n\nimport rich\n';

function moduleWith(...lines: string[]): string {
  return `${["# /// script", ...lines.map((line) => `# ${line}`.trimEnd()), "# ///"].join("\n")}\n${CODE}`;
}

describe("the requirements in the metadata", () => {
  it.each<[string, string, string[]]>([
    ["no metadata", CODE, []],
    ["one line", moduleWith('dependencies = ["rich>=13,<14", "attrs"]'), ["rich>=13,<14", "attrs"]],
    [
      "several lines",
      moduleWith('requires-python = ">=3.11"', "dependencies = [", '  "rich", # tables', "]"),
      ["rich"],
    ],
    ["no dependencies", moduleWith('requires-python = ">=3.11"'), []],
    ["an empty comment", moduleWith("", 'dependencies = ["rich"]'), ["rich"]],
    ["other line breaks", moduleWith('dependencies = ["rich"]').replaceAll("\n", "\r\n"), ["rich"]],
    ["a block that does not end", '# /// script\n# dependencies = ["rich"]\n', []],
    ["a block of another kind", moduleWith('dependencies = ["rich"]').replace("script", "pyproject"), []],
  ])("are read from %s", (_, text, expected) => {
    expect(requirementsIn({ "flow.py": text })).toEqual(expected);
  });

  it("are those of all modules, once", () => {
    const [first, second] = [moduleWith('dependencies = ["rich"]'), moduleWith('dependencies = ["attrs", "rich"]')];
    expect(requirementsIn({ "a.py": first, "b.py": second, "c.txt": moduleWith('dependencies = ["data"]') })).toEqual([
      "rich",
      "attrs",
    ]);
  });

  it.each([
    ["invalid TOML", moduleWith('dependencies = ["rich"', "", "other = 1"), "It is not valid TOML (flow.py:"],
    [
      "for another Python",
      moduleWith('requires-python = ">=3.13"'),
      "flow.py requires Python >=3.13, but this page has Python 3.12",
    ],
    ["another type", moduleWith("dependencies = [1]"), "Its `dependencies` must be a list of strings (flow.py:1)."],
  ])("are refused with their line if they are %s", (_, text, message) => {
    expect(() => requirementsIn({ "flow.py": text })).toThrow(message);
  });
});

describe("a requirement", () => {
  it.each([
    ["a module without metadata", CODE],
    ["an empty list", moduleWith("dependencies = []")],
    ["a list in one line", moduleWith('dependencies = ["attrs"]')],
    ["a list with spaces", moduleWith('dependencies=[ "attrs" ]')],
    ["a list in several lines", moduleWith("dependencies = [", '  "attrs",', "]")],
    ["metadata without a list", moduleWith('requires-python = ">=3.11"')],
  ])("is added to %s", (_, text) => {
    const before = requirementsIn({ "flow.py": text });
    const changed = withRequirement(text, 'rich[jupyter]>=13; python_version < "4"');
    expect(requirementsIn({ "flow.py": changed })).toEqual(['rich[jupyter]>=13; python_version < "4"', ...before]);
    expect(changed.endsWith(CODE)).toBe(true);
  });
});

it("the page notices every block that the metadata is read from", () => {
  expect(scriptBlocks({ "flow.py": CODE })).toBe("");
  expect(scriptBlocks({ "data.txt": moduleWith() })).toBe("");
  const [before, after] = ['dependencies = ["rich"]', 'dependencies = ["attrs"]'].map((line) => ({
    "flow.py": moduleWith(line),
  }));
  expect(scriptBlocks(before ?? {})).not.toBe(scriptBlocks(after ?? {}));
  expect(scriptBlocks({ "flow.py": `${before?.["flow.py"]}x = 1\n` })).toBe(scriptBlocks(before ?? {}));
});
