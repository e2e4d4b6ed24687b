/** Rate limits for messages from the sandbox. They keep the page responsive. */

export interface Rate {
  milliseconds: number;
  messages: number;
  characters: number;
}

/** Counts messages and characters in consecutive time windows. */
class WindowCounter {
  readonly #limit: Rate;
  #since = Number.NEGATIVE_INFINITY;
  #messages = 0;
  #characters = 0;

  constructor(limit: Rate) {
    this.#limit = limit;
  }

  isExceededBy(characters: number, now: number): boolean {
    if (now - this.#since > this.#limit.milliseconds) {
      this.#since = now;
      this.#messages = 0;
      this.#characters = 0;
    }
    this.#messages += 1;
    this.#characters += characters;
    return this.#messages > this.#limit.messages || this.#characters > this.#limit.characters;
  }
}

export class RateLimit {
  readonly #counters: readonly WindowCounter[];

  constructor(rates: readonly Rate[]) {
    this.#counters = rates.map((rate) => new WindowCounter(rate));
  }

  /** Count a message received at `now`, in milliseconds. Return whether it exceeds a limit. */
  isExceededBy(message: unknown, now: number): boolean {
    const characters = typeof message === "string" ? message.length : 0;
    return this.#counters.map((counter) => counter.isExceededBy(characters, now)).some(Boolean);
  }
}
