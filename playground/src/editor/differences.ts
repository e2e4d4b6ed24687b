/** What differs between two texts: lines first, then words within lines. Loaded when code is laid out anew. */

import { type ChangeObject, diffLines, diffWordsWithSpace } from "diff";

/** One change: after `keep` characters, `text` stands in the place of `drop` characters. */
export interface Splice {
  keep: number;
  drop: number;
  text: string;
}

/** Texts that differ in more places than this have little in common: such a text is carried whole. */
const MOST_CHANGES = 600;
/** Naming a change takes about this many characters: two changes that are nearer to each other are one. */
const NEAR = 8;

/** The changes from `base` to `text`; null if they have too little in common. */
export function differences(base: string, text: string): Splice[] | null {
  const lines = diffLines(base, text, { maxEditLength: MOST_CHANGES });
  if (lines === undefined) return null;
  const splices: Splice[] = [];
  let keep = 0;
  for (const { kept, dropped, put } of changesIn(lines.flatMap(wordsOf))) {
    if (dropped !== "" || put !== "") {
      splices.push({ keep, drop: dropped.length, text: put });
      keep = 0;
    }
    keep += kept.length;
  }
  return splices;

  /** A line that went and one that came in its place differ in a few words. */
  function wordsOf(line: ChangeObject<string>, at: number): ChangeObject<string>[] {
    const before = lines?.[at - 1];
    const after = lines?.[at + 1];
    if (line.added && before?.removed) return [];
    if (!(line.removed && after?.added)) return [line];
    return diffWordsWithSpace(line.value, after.value, { maxEditLength: MOST_CHANGES }) ?? [line, after];
  }
}

interface Change {
  dropped: string;
  put: string;
  /** What stands unchanged behind it. */
  kept: string;
}

/** Changes with what is kept behind each; the first may change nothing. */
function changesIn(parts: readonly ChangeObject<string>[]): Change[] {
  const changes: Change[] = [{ dropped: "", put: "", kept: "" }];
  for (const { value, added, removed } of parts) {
    let last = changes.at(-1) as Change;
    if (!(added || removed)) {
      last.kept += value;
      continue;
    }
    const isNear = last.kept.length < NEAR && changes.length > 1;
    if (isNear) {
      last.dropped += last.kept;
      last.put += last.kept;
      last.kept = "";
    } else {
      last = { dropped: "", put: "", kept: "" };
      changes.push(last);
    }
    if (removed) last.dropped += value;
    else last.put += value;
  }
  return changes;
}
