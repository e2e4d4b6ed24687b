/** Formats code in small edits, so the caret and marks stay in place. */

import { differences } from "./differences.ts";
import type { Edit } from "./edit.ts";

export function editsBetween(before: string, after: string): Edit[] {
  const splices = differences(before, after);
  if (splices === null) return [{ from: 0, to: before.length, insert: after }];
  const edits: Edit[] = [];
  let at = 0;
  for (const { keep, drop, text } of splices) {
    const from = at + keep;
    edits.push({ from, to: from + drop, insert: text });
    at = from + drop;
  }
  return edits;
}
