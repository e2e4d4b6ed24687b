import { describe, expect, it } from "vitest";
import { requirementsIn, withRequirement } from "../../src/packages/script-metadata.ts";

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
    ["CRLF line breaks", moduleWith('dependencies = ["rich"]').replaceAll("\n", "\r\n"), ["rich"]],
    ["an unclosed block", '# /// script\n# dependencies = ["rich"]\n', []],
    ["a block of another kind", moduleWith('dependencies = ["rich"]').replace("script", "pyproject"), []],
  ])("are read from %s", (_, text, expected) => {
    expect(requirementsIn({ "flow.py": text })).toEqual(expected);
  });

  it("are those of all modules, without duplicates", () => {
    const [first, second] = [moduleWith('dependencies = ["rich"]'), moduleWith('dependencies = ["attrs", "rich"]')];
    expect(requirementsIn({ "a.py": first, "b.py": second, "c.txt": moduleWith('dependencies = ["data"]') })).toEqual([
      "rich",
      "attrs",
    ]);
  });

  it.each([
    ["invalid TOML", moduleWith('dependencies = ["rich"', "", "other = 1"), "It is not valid TOML (flow.py:"],
    [
      "another Python version",
      moduleWith('requires-python = ">=3.13"'),
      "flow.py requires Python >=3.13, but this page has Python 3.12",
    ],
    ["two blocks", moduleWith() + moduleWith(), "There is a second block (flow.py:6)."],
    ["metadata that is too long", moduleWith(`a = "${"a".repeat(50_000)}"`), "It is too long (flow.py:1)."],
    [
      "too many packages",
      moduleWith(`dependencies = [${Array.from({ length: 101 }, (_, number) => `"p${number}"`)}]`),
      "lists more than 100 packages.",
    ],
    [
      "a requirement that is too long",
      moduleWith(`dependencies = ["${"a".repeat(501)}"]`),
      "A requirement is too long (flow.py:1).",
    ],
    ["a list nested too deeply", moduleWith(`dependencies = ${"[".repeat(10_000)}`), "It is not valid TOML (flow.py:"],
    ["a wrong type", moduleWith("dependencies = [1]"), "Its `dependencies` must be a list of strings (flow.py:1)."],
  ])("are refused with a line number: %s", (_, text, message) => {
    expect(() => requirementsIn({ "flow.py": text })).toThrow(message);
  });
});

describe("a requirement", () => {
  it.each([
    ["a module without metadata", CODE],
    ["an empty list", moduleWith("dependencies = []")],
    ["a list on one line", moduleWith('dependencies = ["attrs"]')],
    ["a list with spaces", moduleWith('dependencies=[ "attrs" ]')],
    ["a list on several lines", moduleWith("dependencies = [", '  "attrs",', "]")],
    ["metadata without a list", moduleWith('requires-python = ">=3.11"')],
    ["empty metadata", moduleWith()],
    ["a list with a comment", moduleWith("dependencies = [ # for tables", '  "attrs"', "]")],
    ["CRLF line breaks", moduleWith("dependencies = [", '  "attrs",', "]").replaceAll("\n", "\r\n")],
  ])("is added to %s", (_, text) => {
    const before = requirementsIn({ "flow.py": text });
    const requirement = 'rich[jupyter]>=13; python_version < "4" and os_name != "$&"';
    const changed = withRequirement(text, requirement) ?? "";
    expect(requirementsIn({ "flow.py": changed })).toEqual([requirement, ...before]);
    expect(changed.endsWith(CODE.replaceAll("\n", text.includes("\r") ? "\r\n" : "\n"))).toBe(true);
  });

  it("is added below the line that names the interpreter", () => {
    expect(withRequirement("#!/usr/bin/env python\nx = 1\n", "rich")).toBe(
      '#!/usr/bin/env python\n# /// script\n# dependencies = ["rich"]\n# ///\nx = 1\n',
    );
  });

  it.each(["rich>=13", "rich", "Rich"])("that is listed is not added again: %s", (requirement) => {
    const text = moduleWith('dependencies = ["rich>=13"]');
    expect(withRequirement(text, requirement)).toBe(text);
  });

  it.each([
    ["invalid", moduleWith("dependencies = [")],
    ["in two blocks", moduleWith() + moduleWith()],
    ["with a quoted key", moduleWith('"dependencies" = []')],
    ["with another tool's list", moduleWith("[tool.other]", "dependencies = []")],
  ])("is not added to metadata that is %s", (_, text) => {
    expect(withRequirement(text, "rich")).toBeNull();
  });
});
