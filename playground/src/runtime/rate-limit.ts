/** Notices when more comes from the sandbox than a page can take in and still answer its visitor. */

export interface Rate {
  milliseconds: number;
  messages: number;
  characters: number;
}

/** Counts within one window of time after the other. */
class WindowCounter {
  readonly #most: Rate;
  #since = Number.NEGATIVE_INFINITY;
  #messages = 0;
  #characters = 0;

  constructor(most: Rate) {
    this.#most = most;
  }

  isExceededBy(characters: number, now: number): boolean {
    if (now - this.#since > this.#most.milliseconds) {
      this.#since = now;
      this.#messages = 0;
      this.#characters = 0;
    }
    this.#messages += 1;
    this.#characters += characters;
    return this.#messages > this.#most.messages || this.#characters > this.#most.characters;
  }
}

export class RateLimit {
  readonly #counters: readonly WindowCounter[];

  constructor(rates: readonly Rate[]) {
    this.#counters = rates.map((rate) => new WindowCounter(rate));
  }

  /** Counts a message that came at `now`, in milliseconds. Returns whether it was one too many. */
  isExceededBy(message: unknown, now: number): boolean {
    const characters = typeof message === "string" ? message.length : 0;
    return this.#counters.map((counter) => counter.isExceededBy(characters, now)).some(Boolean);
  }
}
