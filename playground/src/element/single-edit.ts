/** The difference between two strings as one edit, so the editor keeps its undo history and the caret. */

import type { Edit } from "../editor/edit.ts";

/** Return the edit that changes one string into another. As in the editor, a line break counts as one character. */
export function singleEdit(before: string, after: string): Edit {
  const [old, text] = [before, after].map((each) => each.replace(/\r\n?/g, "\n")) as [string, string];
  const longest = Math.min(old.length, text.length);
  let start = 0;
  while (start < longest && old[start] === text[start]) start++;
  let end = 0;
  while (end < longest - start && old[old.length - 1 - end] === text[text.length - 1 - end]) end++;
  return { from: start, to: old.length - end, insert: text.slice(start, text.length - end) };
}
