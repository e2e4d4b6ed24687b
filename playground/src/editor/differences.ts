/** Differences between two strings, by lines and then by words. Loaded when code is formatted. */

import { type ChangeObject, diffLines, diffWordsWithSpace } from "diff";

/** One change: skip `keep` characters, then replace `drop` characters with `text`. */
export interface Splice {
  keep: number;
  drop: number;
  text: string;
}

/** The maximum number of changes. With more changes, the two versions have little in common, and the whole text is replaced. */
const MAX_CHANGES = 600;
/** Changes that are closer together than this many characters are merged. */
const MIN_GAP = 8;

/** Return the changes from `base` to `text`; null if the two have too little in common. */
export function differences(base: string, text: string): Splice[] | null {
  const lines = diffLines(base, text, { maxEditLength: MAX_CHANGES });
  if (lines === undefined) return null;
  const splices: Splice[] = [];
  let keep = 0;
  for (const { unchanged, removed, added } of changesIn(lines.flatMap(wordsOf))) {
    if (removed !== "" || added !== "") {
      splices.push({ keep, drop: removed.length, text: added });
      keep = 0;
    }
    keep += unchanged.length;
  }
  return splices;

  /** Compare a replaced line with its replacement word by word. */
  function wordsOf(line: ChangeObject<string>, at: number): ChangeObject<string>[] {
    const before = lines?.[at - 1];
    const after = lines?.[at + 1];
    if (line.added && before?.removed) return [];
    if (!(line.removed && after?.added)) return [line];
    return diffWordsWithSpace(line.value, after.value, { maxEditLength: MAX_CHANGES }) ?? [line, after];
  }
}

interface Change {
  removed: string;
  added: string;
  /** The unchanged text after the change. */
  unchanged: string;
}

/** Group parts into changes. A change includes the unchanged text after it. The first change may be empty. */
function changesIn(parts: readonly ChangeObject<string>[]): Change[] {
  const changes: Change[] = [{ removed: "", added: "", unchanged: "" }];
  for (const { value, added, removed } of parts) {
    let last = changes.at(-1) as Change;
    if (!(added || removed)) {
      last.unchanged += value;
      continue;
    }
    const isNear = last.unchanged.length < MIN_GAP && changes.length > 1;
    if (isNear) {
      last.removed += last.unchanged;
      last.added += last.unchanged;
      last.unchanged = "";
    } else {
      last = { removed: "", added: "", unchanged: "" };
      changes.push(last);
    }
    if (removed) last.removed += value;
    else last.added += value;
  }
  return changes;
}
