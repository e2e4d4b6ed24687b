/** What differs between two texts: lines first, then words within lines. Loaded when code is laid out anew. */

import { type ChangeObject, diffLines, diffWordsWithSpace } from "diff";

/** One change: after `keep` characters, `text` stands in the place of `drop` characters. */
export interface Splice {
  keep: number;
  drop: number;
  text: string;
}

/** Texts that differ in more places than this have little in common: such a text is carried whole. */
const MAX_CHANGES = 600;
/** Naming a change takes about this many characters: two changes that are nearer to each other are one. */
const MIN_GAP = 8;

/** The changes from `base` to `text`; null if they have too little in common. */
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

  /** A line that went and one that came in its place differ in a few words. */
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
  /** What stands unchanged behind it. */
  unchanged: string;
}

/** Changes with what is kept behind each; the first may change nothing. */
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
