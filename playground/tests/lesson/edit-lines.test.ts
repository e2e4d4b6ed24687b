import { expect, test } from "vitest";
import { editedLines } from "../../src/lesson/edit-lines.ts";

test.each([
  { name: "a changed line", text: "a\nB\nc\n", line: 2, removed: ["b"], added: ["B"] },
  { name: "an added line", text: "a\nb\nnew\nc\n", line: 3, removed: [], added: ["new"] },
  { name: "a repeated line", text: "a\nb\nb\nc\n", line: 3, removed: [], added: ["b"] },
  { name: "a removed line", text: "a\nc\n", line: 2, removed: ["b"], added: [] },
  {
    name: "everything between two changes",
    text: "A\nb\nC\n",
    line: 1,
    removed: ["a", "b", "c"],
    added: ["A", "b", "C"],
  },
])("an edit shows $name", ({ text, line, removed, added }) => {
  expect(editedLines({ "flow.py": "a\nb\nc\n" }, { "flow.py": text })).toEqual([
    { file: "flow.py", line, removed, added },
  ]);
});

test("a file that stays the same is not shown, and a new file is", () => {
  const edit = { "flow.py": "a\n", "new.py": "b" };
  expect(editedLines({ "flow.py": "a\n" }, edit)).toEqual([{ file: "new.py", line: 1, removed: [""], added: ["b"] }]);
});
