import { insertNewlineAndIndent } from "@codemirror/commands";
import { pythonLanguage } from "@codemirror/lang-python";
import { indentUnit } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { expect, test } from "vitest";
import { dedentAfterFinalStatement } from "../../src/editor/dedent.ts";

/** Press Enter at `|`, and return the text with `|` at the caret. */
function enter(marked: string): string {
  const anchor = marked.indexOf("|");
  const doc = marked.replace("|", "");
  const extensions = [pythonLanguage, indentUnit.of("    "), dedentAfterFinalStatement];
  let state = EditorState.create({ doc, selection: { anchor }, extensions });
  insertNewlineAndIndent({ state, dispatch: (transaction) => (state = transaction.state) });
  const text = state.doc.toString();
  const { head } = state.selection.main;
  return `${text.slice(0, head)}|${text.slice(head)}`;
}

test.each([
  ["def f():\n    return 1|", "def f():\n    return 1\n|"],
  ["def f():\n    return|", "def f():\n    return\n|"],
  ["def f():\n    return 1  |", "def f():\n    return 1  \n|"],
  ["def f():\n    return 1  # one|", "def f():\n    return 1  # one\n|"],
  ["def f():\n    raise ValueError(1)|", "def f():\n    raise ValueError(1)\n|"],
  ["def f():\n    for i in x:\n        continue|", "def f():\n    for i in x:\n        continue\n    |"],
  [
    "def f():\n    for i in x:\n        break|\n    return 1",
    "def f():\n    for i in x:\n        break\n    |\n    return 1",
  ],
  ["class A:\n    def f(self):\n        pass|", "class A:\n    def f(self):\n        pass\n    |"],
  ["def f():\n    return g(\n        1,\n    )|", "def f():\n    return g(\n        1,\n    )\n|"],
  ["def f():\n    return 1|\n\n\ndef g():\n    return 2", "def f():\n    return 1\n|\n\n\ndef g():\n    return 2"],
])("Enter after the final statement in %j dedents", (before, after) => {
  expect(enter(before)).toBe(after);
});

test.each([
  ["def f():\n    x = 1|", "def f():\n    x = 1\n    |"],
  ["def f():\n    return g(|", "def f():\n    return g(\n        |"],
  ["def f():\n    return g(\n        1,|\n    )", "def f():\n    return g(\n        1,\n        |\n    )"],
  ["def f():\n    if x: return 1|", "def f():\n    if x: return 1\n    |"],
  ["def f():\n    returned = 1|", "def f():\n    returned = 1\n    |"],
  ["def f():|\n    return 1", "def f():\n    |\n    return 1"],
  ["return 1|", "return 1\n|"],
])("Enter in %j keeps the usual indentation", (before, after) => {
  expect(enter(before)).toBe(after);
});
