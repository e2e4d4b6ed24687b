/** The message of an exception. Its start is truncated, because the end of a traceback is the most informative part. */

const MAX_MESSAGE_LENGTH = 4_000;

export function messageOf(failure: unknown): string {
  return String(failure).slice(-MAX_MESSAGE_LENGTH);
}
