/** A change to a text: the text between two positions is replaced. */

import type { Span } from "./functions.ts";

export interface Edit extends Span {
  insert: string;
}

/** Apply edits to a text. They must be in the order of the text. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  return edits.reduceRight((result, { from, to, insert }) => result.slice(0, from) + insert + result.slice(to), text);
}
