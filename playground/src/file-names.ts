/**
 * Names that a file of a dataflow can have, wherever it comes from: the visitor's disk, a link, or an export. A data file
 * may be called whatever people call files on their disks, as long as every system allows it and nothing in it is invisible.
 */

import { SPECIAL_CHARACTER } from "./special-characters.ts";

export const MAX_NAME_LENGTH = 100;
/** File systems allow 255 bytes; a writer may put a few characters before and behind the name. */
export const MAX_NAME_BYTES = 240;

/** Letters, accents, digits, punctuation and symbols. Not at the start: what hides a file, or means something to a shell. */
const VISIBLE = /^(?![-~.])[\p{L}\p{N}\p{P}\p{S}][\p{L}\p{M}\p{N}\p{P}\p{S} ]*(?<![. ])$/u;
/** What separates folders, or what Windows refuses. */
const FORBIDDEN = /[/\\:<>"|?*]/;
/** Other characters that look like a slash, a backslash or a colon. */
const LOOKALIKE = /[\u2044\u2215\u2216\u2236\u2571\u2572\u27cb\u27cd\u29f5\u29f8\u29f9\u3033\ua789]/;

const MODULE = /^[\p{L}_][\p{L}\p{N}_]*\.py$/u;

/** Whether a file can have a name; whether a module of that name can be imported is another question. */
export function isFileName(name: string): boolean {
  return (
    name.length <= MAX_NAME_LENGTH &&
    byteLength(name) <= MAX_NAME_BYTES &&
    VISIBLE.test(name) &&
    name.search(SPECIAL_CHARACTER) < 0 &&
    !FORBIDDEN.test(name.normalize("NFKC")) &&
    !LOOKALIKE.test(name)
  );
}

export function isModuleName(name: string): boolean {
  return MODULE.test(name) && isFileName(name);
}

/** Whether a file would be a module, judged by the end of its name alone. */
export function hasModuleExtension(name: string): boolean {
  return /\.py$/i.test(name);
}

export function byteLength(name: string): number {
  return new TextEncoder().encode(name).byteLength;
}
