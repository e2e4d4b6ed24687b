import { expect, test } from "vitest";
import { editedLines } from "../../src/lesson/edit-lines.ts";

test.each([
  { name: "a changed line", text: "a\nB\nc\n", hunks: [{ line: 2, removed: ["b"], added: ["B"] }] },
  { name: "an added line", text: "a\nb\nnew\nc\n", hunks: [{ line: 3, removed: [], added: ["new"] }] },
  { name: "a removed line", text: "a\nc\n", hunks: [{ line: 2, removed: ["b"], added: [] }] },
  { name: "lines after the end", text: "a\nb\nc\nd\n", hunks: [{ line: 4, removed: [], added: ["d"] }] },
  {
    name: "two separate changes",
    text: "A\nb\nC\n",
    hunks: [
      { line: 1, removed: ["a"], added: ["A"] },
      { line: 3, removed: ["c"], added: ["C"] },
    ],
  },
  { name: "nothing", text: "a\nb\nc\n", hunks: [] },
])("an edit shows $name", ({ text, hunks }) => {
  const expected = hunks.map((hunk) => ({ file: "flow.py", ...hunk }));
  expect(editedLines({ "flow.py": "a\nb\nc\n" }, { "flow.py": text })).toEqual(expected);
});

test("a new file consists of added lines", () => {
  expect(editedLines({}, { "new.py": "b" })).toEqual([{ file: "new.py", line: 1, removed: [""], added: ["b"] }]);
});
