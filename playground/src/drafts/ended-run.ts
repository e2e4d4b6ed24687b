/**
 * Notices that the browser ended a page while code ran. Code may exhaust the memory that a tab shares with its workers, and
 * a page that is ended so is told nothing: what it had written before tells the next visit.
 */

const PREFIX = "headwater.running.";

/** What this page says of the code that runs in it. */
export class RunMark {
  readonly #key = PREFIX + crypto.getRandomValues(new Uint32Array(2)).join("-");
  #isLocked = false;

  /** Code of a title runs from now on. */
  set(title: string): void {
    this.#lock();
    try {
      localStorage.setItem(this.#key, title);
    } catch {
      // the browser keeps nothing for this page, and there is nothing to tell of
    }
  }

  /** Nothing runs any more, or the page is left in good order. */
  clear(): void {
    try {
      localStorage.removeItem(this.#key);
    } catch {
      // nothing was kept
    }
  }

  /** Held as long as this page lives: so other tabs know that its code still runs. */
  #lock(): void {
    if (this.#isLocked) return;
    this.#isLocked = true;
    void hold(this.#key);
  }
}

/** Holds a lock for the rest of the page's life, if the browser has locks and lets this page use them. */
async function hold(name: string): Promise<void> {
  try {
    await navigator.locks?.request(name, () => new Promise(() => {}));
  } catch {
    // without locks the next visit cannot tell whether this page still runs, and says nothing of it
  }
}

/** The title of code that ran when the browser ended its page; null if there is none. It is told once. */
export async function takeEndedRun(): Promise<string | null> {
  try {
    const marks = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
    if (marks.length === 0) return null;
    const { held = [] } = await navigator.locks.query();
    const living = new Set(held.map(({ name }) => name));
    let title: string | null = null;
    for (const mark of marks.filter((key) => !living.has(key))) {
      title = localStorage.getItem(mark) ?? title;
      localStorage.removeItem(mark);
    }
    return title;
  } catch {
    return null; // no storage, or no locks to tell the living from the ended by
  }
}
