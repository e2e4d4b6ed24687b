/**
 * Detection of pages that the browser killed while code was running.
 *
 * Code may exhaust the memory that a tab shares with its workers. A killed page receives no event, so the page stores a mark in
 * advance. On the next visit, the mark shows that the page was killed.
 */

const PREFIX = "headwater.running.";

/** Stores a mark while this page is running code. */
export class RunMarker {
  readonly #key = PREFIX + crypto.getRandomValues(new Uint32Array(2)).join("-");
  /** The title of the running code. */
  #title: string | null = null;
  /** True after the visitor has left the page. Later events are ignored. */
  #hasLeft = false;
  #isLockRequested = false;
  #hasLock = false;

  /** Record that code is running. */
  set(title: string): void {
    this.#title = title;
    this.#write();
    this.#lock();
  }

  /** Record that no code is running. */
  clear(): void {
    this.#title = null;
    this.#remove();
  }

  /** Remove the mark because the visitor is leaving the page. */
  suspend(): void {
    this.#hasLeft = true;
    this.#remove();
  }

  /** Restore the mark because the page is shown again from the back/forward cache. */
  restore(): void {
    this.#hasLeft = false;
    this.#write();
  }

  /** Store the mark, but only after getting the lock: a mark without a lock means that its page has ended. */
  #write(): void {
    if (this.#title === null || this.#hasLeft || !this.#hasLock) return;
    try {
      localStorage.setItem(this.#key, this.#title);
    } catch {
      // storage is blocked, so nothing can be reported
    }
  }

  #remove(): void {
    try {
      localStorage.removeItem(this.#key);
    } catch {
      // storage is blocked
    }
  }

  /** Hold a lock until this page ends, so that other tabs know that the page's code may still be running. */
  #lock(): void {
    if (this.#isLockRequested) return;
    this.#isLockRequested = true;
    void hold(this.#key, () => {
      this.#hasLock = true;
      this.#write();
    });
  }
}

/** Hold a lock until the page ends, if the browser supports and permits locks. */
async function hold(name: string, onHeld: () => void): Promise<void> {
  try {
    await navigator.locks?.request(name, () => {
      onHeld();
      return new Promise(() => {});
    });
  } catch {
    // without locks, the next visit cannot tell whether this page is still running
  }
}

/**
 * Return the title of the code that was running when a page was killed, and remove that page's mark; null if there is no mark.
 */
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
    return null; // the browser has no storage or no locks
  }
}
