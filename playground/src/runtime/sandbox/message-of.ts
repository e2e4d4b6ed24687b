/** What an exception says, as long as the page accepts it: the end of a traceback says most. */

const LONGEST = 4_000;

export function messageOf(failure: unknown): string {
  return String(failure).slice(-LONGEST);
}
