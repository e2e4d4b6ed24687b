/** A change to a text: what stands between two positions becomes something else. */

import type { Span } from "./functions.ts";

export interface Edit extends Span {
  insert: string;
}

/** A text with its edits made; they stand in the order of the text. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  return edits.reduceRight((result, { from, to, insert }) => result.slice(0, from) + insert + result.slice(to), text);
}
