/** Moves the statement at the caret past its neighbor: a function with its decorators and comments, or a constant. */

import type { Edit } from "./edit.ts";
import { childrenOf, moduleOf, type Span } from "./functions.ts";

export type MoveDirection = "up" | "down";

export interface Move {
  edits: Edit[];
  /** The start of the moved statement. */
  start: number;
  /** The number of characters by which the statement moves. */
  offset: number;
}

/** Statements that stay at the top of a module. Code below may need them. */
const FIXED: ReadonlySet<string> = new Set(["ImportStatement", "ExpressionStatement"]);

/** Return the move of the statement at a position; null if there is no statement, or no neighbor to move past. */
export function moveAt(text: string, position: number, direction: MoveDirection): Move | null {
  const statements = movableStatements(text);
  const index = statements.findIndex((span) => span !== null && span.from <= position && position <= span.to);
  const moved = statements[index] ?? null;
  const neighbor = statements[direction === "up" ? index - 1 : index + 1] ?? null;
  if (moved === null || neighbor === null) return null;
  const [first, second] = direction === "up" ? [neighbor, moved] : [moved, neighbor];
  const gap = text.slice(first.to, second.from);
  const edits: Edit[] = [
    { from: first.from, to: first.from, insert: text.slice(second.from, second.to) + gap },
    { from: first.to, to: second.to, insert: "" },
  ];
  const offset = direction === "up" ? neighbor.from - moved.from : neighbor.to - moved.to;
  return { edits, start: moved.from + offset, offset };
}

/** Return the statements of a module, each with the comments directly above it; null for a statement that cannot be moved. */
function movableStatements(text: string): (Span | null)[] {
  const lines = text.split("\n");
  const starts = lineStarts(lines);
  const nodes = [...childrenOf(moduleOf(text).tree.topNode)].filter(({ name }) => name !== "Comment");
  const firstLines = nodes.map(({ from }) =>
    withComments(
      lines,
      starts.findLastIndex((start) => start <= from),
    ),
  );
  return nodes.map(({ name }, index) => {
    const [first = 0, next = lines.length] = firstLines.slice(index);
    const last = lines.findLastIndex((line, number) => number < next && number >= first && /^[^#\s]|^\s+\S/.test(line));
    return FIXED.has(name) ? null : { from: starts[first] ?? 0, to: (starts[last] ?? 0) + (lines[last]?.length ?? 0) };
  });
}

function lineStarts(lines: readonly string[]): number[] {
  let position = 0;
  return lines.map((line) => {
    const start = position;
    position += line.length + 1;
    return start;
  });
}

/** Return the first line of the comments directly above a line, or the line itself. */
function withComments(lines: readonly string[], line: number): number {
  let first = line;
  while (lines[first - 1]?.startsWith("#")) first -= 1;
  return first;
}
