/** An edit that replaces the text between two positions. */

import type { Span } from "./functions.ts";

export interface Edit extends Span {
  insert: string;
}

/** Apply edits to text. The edits must be sorted by position. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  return edits.reduceRight((result, { from, to, insert }) => result.slice(0, from) + insert + result.slice(to), text);
}
