/**
 * Notices that the browser ended a page while code ran. Code may exhaust the memory that a tab shares with its workers, and
 * a page that is ended so is told nothing: what it had written before tells the next visit.
 */

const PREFIX = "headwater.running.";

/** What this page says of the code that runs in it. */
export class RunMarker {
  readonly #key = PREFIX + crypto.getRandomValues(new Uint32Array(2)).join("-");
  /** The title of the code that runs. */
  #title: string | null = null;
  /** True once the page was left. What still arrives in it says nothing. */
  #isLeft = false;
  #isLockRequested = false;
  #hasLock = false;

  /** Code of a title runs from now on. */
  set(title: string): void {
    this.#title = title;
    this.#write();
    this.#lock();
  }

  /** Nothing runs any more. */
  clear(): void {
    this.#title = null;
    this.#remove();
  }

  /** The visitor leaves the page in good order. */
  leave(): void {
    this.#isLeft = true;
    this.#remove();
  }

  /** The browser shows a page again that it had kept. */
  comeBack(): void {
    this.#isLeft = false;
    this.#write();
  }

  /** Only while the lock is held: a mark without one is that of a page which has ended. */
  #write(): void {
    if (this.#title === null || this.#isLeft || !this.#hasLock) return;
    try {
      localStorage.setItem(this.#key, this.#title);
    } catch {
      // the browser keeps nothing for this page, and there is nothing to tell of
    }
  }

  #remove(): void {
    try {
      localStorage.removeItem(this.#key);
    } catch {
      // nothing was kept
    }
  }

  /** Held as long as this page lives: so other tabs know that its code still runs. */
  #lock(): void {
    if (this.#isLockRequested) return;
    this.#isLockRequested = true;
    void hold(this.#key, () => {
      this.#hasLock = true;
      this.#write();
    });
  }
}

/** Holds a lock for the rest of the page's life, if the browser has locks and lets this page use them. */
async function hold(name: string, onHeld: () => void): Promise<void> {
  try {
    await navigator.locks?.request(name, () => {
      onHeld();
      return new Promise(() => {});
    });
  } catch {
    // without locks the next visit cannot tell whether this page still runs, and says nothing of it
  }
}

/** The title of code that ran when the browser ended its page; null if there is none. It is told once. */
export async function takeInterruptedRun(): Promise<string | null> {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
    if (keys.length === 0) return null;
    const { held = [] } = await navigator.locks.query();
    const locked = new Set(held.map(({ name }) => name));
    let title: string | null = null;
    for (const key of keys.filter((key) => !locked.has(key))) {
      title = localStorage.getItem(key) ?? title;
      localStorage.removeItem(key);
    }
    return title;
  } catch {
    return null; // no storage, or no locks to tell the living from the ended by
  }
}
