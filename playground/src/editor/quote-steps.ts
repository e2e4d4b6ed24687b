/**
 * Typing over closing quotes: in front of the closing quotes of a triple-quoted string, each typed quote moves the caret over
 * one of them. CodeMirror moves the caret over all three at the first quote, and would insert the second and the third.
 */

import { syntaxTree } from "@codemirror/language";
import { type EditorState, type Extension, Prec, type TransactionSpec } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import type { SyntaxNode } from "@lezer/common";

const STRINGS = new Set(["String", "FormatString"]);
const TRIPLE_QUOTED = /^[a-z]*("""|''').*\1$/is;

export function quoteSteps(): Extension {
  return Prec.high(
    EditorView.inputHandler.of((view, from, to, text) => {
      if (view.composing || view.state.readOnly || from !== to) return false;
      const step = quoteStep(view.state, from, text);
      if (step === null) return false;
      view.dispatch(step);
      return true;
    }),
  );
}

/** Return the transaction that moves the caret over a closing quote; null if the typed text must be inserted. */
export function quoteStep(state: EditorState, position: number, typed: string): TransactionSpec | null {
  if (typed !== '"' && typed !== "'") return null;
  if (state.selection.ranges.length > 1) return null;
  const string = enclosingString(syntaxTree(state).resolveInner(position, 1));
  if (string === null) return null;
  const quotes = TRIPLE_QUOTED.exec(state.sliceDoc(string.from, string.to))?.[1];
  const isBeforeClosingQuote = string.to - 3 <= position && position < string.to;
  if (quotes === undefined || quotes[0] !== typed || !isBeforeClosingQuote) return null;
  return { selection: { anchor: position + 1 }, scrollIntoView: true, userEvent: "input.type" };
}

function enclosingString(node: SyntaxNode): SyntaxNode | null {
  for (let each: SyntaxNode | null = node; each !== null; each = each.parent) if (STRINGS.has(each.name)) return each;
  return null;
}
