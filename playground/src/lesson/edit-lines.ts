/** The lines that an edit changes. */

import type { Files } from "../protocol.ts";

export interface EditedLines {
  file: string;
  /** The number of the first line. */
  line: number;
  removed: string[];
  added: string[];
}

/** Return the changed lines of each file: everything between the lines that its versions share at the start and at the end. */
export function editedLines(before: Files, edit: Files): EditedLines[] {
  return Object.entries(edit)
    .map(([file, text]) => linesBetween(file, (before[file] ?? "").split("\n"), text.split("\n")))
    .filter(({ removed, added }) => removed.length > 0 || added.length > 0);
}

function linesBetween(file: string, old: string[], now: string[]): EditedLines {
  const shorter = Math.min(old.length, now.length);
  let start = 0;
  while (start < shorter && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < shorter - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  return {
    file,
    line: start + 1,
    removed: old.slice(start, old.length - end),
    added: now.slice(start, now.length - end),
  };
}
