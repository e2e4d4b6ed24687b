/** Dedents the line after a statement that ends a block, such as `return`. Keyboards on phones cannot dedent. */

import { indentService, syntaxTree } from "@codemirror/language";
import type { EditorState, Extension } from "@codemirror/state";
import type { SyntaxNode } from "@lezer/common";

const FINAL_STATEMENTS: ReadonlySet<string> = new Set([
  "ReturnStatement",
  "RaiseStatement",
  "PassStatement",
  "ContinueStatement",
  "BreakStatement",
]);

/** After Enter at the end of a final statement, indent one level less than the statement. */
export const dedentAfterFinalStatement: Extension = indentService.of((context, position) => {
  const { state, simulatedBreak, unit } = context;
  if (simulatedBreak !== position) return undefined;
  const start = finalStatementBefore(state, position);
  return start === null ? undefined : Math.max(0, context.lineIndent(start) - unit);
});

/** Return the start of the final statement that ends before a line break at a position; null if there is none. */
export function finalStatementBefore(state: EditorState, position: number): number | null {
  const line = state.doc.lineAt(position);
  if (!isBlankOrComment(line.text.slice(position - line.from))) return null;
  const end = endOfCode(state, line.from, position);
  const statement = enclosingStatement(syntaxTree(state).resolveInner(end, -1));
  if (statement === null || statement.to > end || !isComplete(statement)) return null;
  const first = state.doc.lineAt(statement.from);
  // In `if done: return`, the next line belongs to the block of the `if`.
  return first.text.slice(0, statement.from - first.from).trim() === "" ? statement.from : null;
}

function isBlankOrComment(text: string): boolean {
  return /^\s*(#|$)/.test(text);
}

/** Return the end of the code before a position, without a comment and spaces. */
function endOfCode(state: EditorState, from: number, position: number): number {
  const node = syntaxTree(state).resolveInner(position, -1);
  const end = node.name === "Comment" ? node.from : position;
  return from + state.sliceDoc(from, end).trimEnd().length;
}

function enclosingStatement(node: SyntaxNode): SyntaxNode | null {
  for (let current: SyntaxNode | null = node; current !== null; current = current.parent) {
    if (FINAL_STATEMENTS.has(current.name)) return current;
    if (current.name === "Body" || current.name === "Script") return null;
  }
  return null;
}

/** Return whether nothing is missing at the end of a statement, such as a closing bracket. */
function isComplete(statement: SyntaxNode): boolean {
  for (let node: SyntaxNode | null = statement; node !== null; node = node.lastChild)
    if (node.type.isError) return false;
  return true;
}
