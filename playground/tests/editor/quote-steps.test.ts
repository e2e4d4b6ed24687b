import { pythonLanguage } from "@codemirror/lang-python";
import { EditorState } from "@codemirror/state";
import { describe, expect, it } from "vitest";
import { quoteStep } from "../../src/editor/quote-steps.ts";
import { atCaret } from "./dataflows.ts";

/** Return how far the caret moves over existing quotes when a quote is typed; null if the quote is inserted. */
function stepped(marked: string, typed = '"'): number | null {
  const { text, caret } = atCaret(marked);
  const state = EditorState.create({ doc: text, selection: { anchor: caret }, extensions: [pythonLanguage] });
  const selection = quoteStep(state, caret, typed)?.selection as { anchor: number } | undefined;
  return selection === undefined ? null : selection.anchor - caret;
}

describe("a quote typed", () => {
  it.each([
    ['"""|"""'],
    ['"""A docstring.|"""'],
    ['"""A docstring."|""'],
    ['"""A docstring.""|"'],
    ['def a():\n    """One.\n\n    Two.\n    |"""\n    return 1\n'],
    ['rf"""{one}|"""'],
  ])("before closing quotes moves over one of them: %j", (marked) => {
    expect(stepped(marked)).toBe(1);
  });

  it.each([
    ['"""A |docstring."""'],
    ['"""A docstring."""|'],
    ['|"""A docstring."""'],
    ['"|"'],
    ['"A string.|"'],
    ['"""An open docstring.|'],
    ["'''Other quotes.|'''"],
    ["# no string|"],
  ])("elsewhere is inserted: %j", (marked) => {
    expect(stepped(marked)).toBeNull();
  });

  it("is the quote of the string", () => {
    expect(stepped("'''A docstring.|'''", "'")).toBe(1);
    expect(stepped('"""A docstring.|"""', "'")).toBeNull();
    expect(stepped('"""A docstring.|"""', "x")).toBeNull();
  });
});
