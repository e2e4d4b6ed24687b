/** The message of an exception, truncated at its start: the end of a traceback is most informative. */

const MAX_MESSAGE_LENGTH = 4_000;

export function messageOf(failure: unknown): string {
  return String(failure).slice(-MAX_MESSAGE_LENGTH);
}
