/** Problems as CodeMirror diagnostics. */

import type { Diagnostic } from "@codemirror/lint";
import type { Text } from "@codemirror/state";
import { codeNodes } from "../inline-code.ts";
import type { ProblemView } from "../protocol.ts";
import { actionsFor, type FixHost } from "./fix-actions.ts";

/** Return the diagnostics for a file: its problems, and the traceback frames in it. */
export function diagnosticsOf(
  doc: Text,
  file: string,
  problems: readonly ProblemView[],
  fixers: FixHost,
): Diagnostic[] {
  const text = doc.toString();
  return problems.flatMap((problem) => {
    const location = locationIn(file, problem);
    if (location === null || location.line > doc.lines) return [];
    const { severity, message, kind } = problem;
    const actions = actionsFor(problem, file, text, fixers);
    return [
      { ...spanOf(doc, location), severity, message, renderMessage: () => codeNodes(message), source: kind, actions },
    ];
  });
}

interface LineAndColumn {
  line: number;
  column: number | null;
}

function locationIn(file: string, problem: ProblemView): LineAndColumn | null {
  if (problem.file === file && problem.line !== null) return { line: problem.line, column: problem.column };
  const frame = problem.frames.findLast((frame) => frame.file === file);
  return frame === undefined ? null : { line: frame.line, column: null };
}

/** Return the range from the column to the end of the line. Without a column, it starts after the indentation. */
function spanOf(doc: Text, { line, column }: LineAndColumn): { from: number; to: number } {
  const { from, to, text } = doc.line(Math.max(line, 1));
  const indentation = text.length - text.trimStart().length;
  const offset = column === null ? indentation : Math.min(column - 1, Math.max(text.length - 1, 0));
  return { from: from + offset, to: Math.max(to, from + offset) };
}
