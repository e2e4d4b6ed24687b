/**
 * Valid names for the files in a dataflow, whether from the visitor's disk, a link or an export.
 *
 * A data file may have any name that every operating system allows and that has no invisible characters.
 */

import { SPECIAL_CHARACTER } from "./special-characters.ts";

export const MAX_NAME_LENGTH = 100;
/** File systems allow 255 bytes. The lower limit leaves room for a prefix and a suffix. */
export const MAX_NAME_BYTES = 240;

/**
 * Letters, accents, digits, punctuation and symbols. The first character must not hide the file or have a special meaning in a
 * shell.
 */
const VISIBLE = /^(?![-~.])[\p{L}\p{N}\p{P}\p{S}][\p{L}\p{M}\p{N}\p{P}\p{S} ]*(?<![. ])$/u;
/** Path separators, and characters that Windows does not allow. */
const FORBIDDEN = /[/\\:<>"|?*]/;
/** Characters that look like a slash, a backslash or a colon. */
const LOOKALIKE = /[\u2044\u2215\u2216\u2236\u2571\u2572\u27cb\u27cd\u29f5\u29f8\u29f9\u3033\ua789]/;

const MODULE = /^[\p{L}_][\p{L}\p{N}_]*\.py$/u;

/** Return whether a file can have this name. A module's name must also pass `isModuleName`. */
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

/** Return whether a name ends in `.py`. */
export function hasModuleExtension(name: string): boolean {
  return /\.py$/i.test(name);
}

export function byteLength(name: string): number {
  return new TextEncoder().encode(name).byteLength;
}
