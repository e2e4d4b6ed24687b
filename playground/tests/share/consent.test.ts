import { expect, it } from "vitest";
import type { Files } from "../../src/protocol.ts";
import { sizeText } from "../../src/share/consent.ts";

it.each<[string, Files[], string]>([
  ["one line", [{ "a.py": "x = 1" }], "1 file, 1 line."],
  ["a line with a line ending", [{ "a.py": "x = 1\n" }], "1 file, 1 line."],
  ["an empty file", [{ "a.py": "" }], "1 file, 0 lines."],
  ["line endings of other systems", [{ "a.py": "x\r\ny\rz\n" }], "1 file, 3 lines."],
  ["characters that only look like line endings", [{ "a.py": "x\u2028y\u0085z\fw\v" }], "1 file, 1 line."],
  ["several files", [{ "a.py": "x\ny", "b.csv": "1\n2\n" }], "2 files, 4 lines."],
  ["several dataflows", [{ "a.py": "x" }, { "a.py": "y", "b.py": "z" }], "3 files, 3 lines."],
  ["many lines", [{ "a.py": "x\n".repeat(12_345) }], "1 file, 12,345 lines."],
  ["no file", [{}], "0 files, 0 lines."],
])("files and lines are counted: %s", (_, dataflows, text) => {
  expect(sizeText(dataflows)).toBe(text);
});
