/** The lines that an edit changes. */

import type { Files } from "../protocol.ts";

/** Adjacent changed lines. */
export interface EditedLines {
  file: string;
  /** The line number, in the edited file, where the change begins. */
  line: number;
  removed: string[];
  added: string[];
}

/** Return the changed lines of each file. */
export function editedLines(before: Files, edit: Files): EditedLines[] {
  return Object.entries(edit).flatMap(([file, text]) =>
    hunks(file, (before[file] ?? "").split("\n"), text.split("\n")),
  );
}

function hunks(file: string, old: string[], now: string[]): EditedLines[] {
  const common = commonLengths(old, now);
  const found: EditedLines[] = [];
  let open: EditedLines | null = null;
  let [at, to] = [0, 0];
  while (at < old.length || to < now.length) {
    if (at < old.length && to < now.length && old[at] === now[to]) {
      open = null;
      at += 1;
      to += 1;
      continue;
    }
    if (open === null) {
      open = { file, line: to + 1, removed: [], added: [] };
      found.push(open);
    }
    const isRemoved =
      to === now.length || (at < old.length && lengthAt(common, at + 1, to) >= lengthAt(common, at, to + 1));
    if (isRemoved) open.removed.push(old[at++] ?? "");
    else open.added.push(now[to++] ?? "");
  }
  return found;
}

/** For each pair of positions, return the length of the longest common subsequence of the lines from these positions onward. */
function commonLengths(old: string[], now: string[]): number[][] {
  const lengths = Array.from({ length: old.length + 1 }, () => Array<number>(now.length + 1).fill(0));
  for (let at = old.length - 1; at >= 0; at -= 1) {
    const row = lengths[at] ?? [];
    for (let to = now.length - 1; to >= 0; to -= 1) {
      const isSame = old[at] === now[to];
      row[to] = isSame
        ? lengthAt(lengths, at + 1, to + 1) + 1
        : Math.max(lengthAt(lengths, at + 1, to), lengthAt(lengths, at, to + 1));
    }
  }
  return lengths;
}

function lengthAt(lengths: number[][], at: number, to: number): number {
  return lengths[at]?.[to] ?? 0;
}
