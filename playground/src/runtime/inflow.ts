/** Notices when more comes from the sealed side than a page can take in and still answer its visitor. */

const WINDOW_MILLISECONDS = 1_000;
/** A run of ten thousand nodes tells of three states each. */
const MOST_MESSAGES = 50_000;
const MOST_CHARACTERS = 100_000_000;

export class Inflow {
  #since = Number.NEGATIVE_INFINITY;
  #messages = 0;
  #characters = 0;

  /** Counts a message that came at `now`, in milliseconds; whether it was one too many. */
  overflowsWith(message: unknown, now: number): boolean {
    if (now - this.#since > WINDOW_MILLISECONDS) {
      this.#since = now;
      this.#messages = 0;
      this.#characters = 0;
    }
    this.#messages += 1;
    this.#characters += typeof message === "string" ? message.length : 0;
    return this.#messages > MOST_MESSAGES || this.#characters > MOST_CHARACTERS;
  }
}
