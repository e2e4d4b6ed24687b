/** Finds the most likely intended word for a misspelled word. */

/** Up to one letter in three may be wrong. */
const LETTERS_PER_SLIP = 3;

/** Return the nearest word, or a word that starts with the text; null if no word is close. */
export function nearestWord(text: string, words: readonly string[]): string | null {
  let best: string | null = null;
  let least = Math.max(1, Math.floor(text.length / LETTERS_PER_SLIP)) + 1;
  for (const word of words) {
    if (Math.abs(word.length - text.length) >= least) continue;
    const slips = distance(text.toLowerCase(), word.toLowerCase());
    if (slips >= least) continue;
    best = word;
    least = slips;
  }
  return best ?? words.find((word) => word.startsWith(text)) ?? null;
}

/** Return the number of letters to change, insert, delete or swap with a neighbor. */
function distance(first: string, second: string): number {
  let [before, row]: [number[], number[]] = [[], Array.from({ length: second.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= first.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= second.length; j += 1) {
      const differs = first[i - 1] === second[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && first[i - 1] === second[j - 2] && first[i - 2] === second[j - 1];
      next.push(
        Math.min(
          (row[j] ?? 0) + 1,
          (next[j - 1] ?? 0) + 1,
          (row[j - 1] ?? 0) + differs,
          swapped ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    [before, row] = [row, next];
  }
  return row[second.length] ?? 0;
}
