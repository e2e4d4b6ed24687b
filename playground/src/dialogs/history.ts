/**
 * The browser's Back and Forward for dialogs. An open dialog has an entry of its own in the history, with the address of the
 * page: Back closes the dialog, and Forward opens it again. A dialog that is closed by other means takes its entry with it.
 */

export interface DialogHistoryHost {
  /** The dialog in front; null where none is open. */
  topmost(): HTMLDialogElement | null;
  /** True where the address is the element's own: no other script of the page follows its fragment. */
  readonly ownsAddress: boolean;
  /** Forward led to a dialog that is closed. One that cannot be opened again stays closed. */
  reopen(kind: string): void;
}

export interface PageHistory extends Pick<Window, "history" | "location" | "addEventListener"> {
  /** Not every browser has it. */
  navigation?: { readonly currentEntry: { readonly key: string } | null };
}

const KEY = "headwaterDialog";

export class DialogHistory {
  readonly #host: DialogHistoryHost;
  readonly #element: string;
  readonly #page: PageHistory;
  readonly #path: string;
  /** The address at which the entry of the open dialog was made; null where the present entry is of no dialog. */
  #entry: string | null = null;
  /** True between Forward and the dialog that it opens. */
  #isReopening = false;
  /** True until the browser has gone back, which it does not do at once. */
  #isReturning = false;
  #pendingTasks: (() => void)[] = [];
  /** The dialogs of entries, by the entry's key: scripts of the theme write over an entry's state. */
  readonly #kinds = new Map<string, string>();

  /**
   * @param element the name of the element: a page may have several
   * @param leaving aborted once the element has left the page
   */
  constructor(element: string, host: DialogHistoryHost, leaving: AbortSignal, page: PageHistory = window) {
    this.#element = element;
    this.#host = host;
    this.#page = page;
    this.#path = page.location.pathname;
    // First of all listeners: the theme's instant navigation would load the page anew.
    page.addEventListener("popstate", (event) => this.#onPopState(event), { signal: leaving, capture: true });
  }

  /** Has the history agree with what is shown. To be called after each rendering. */
  sync(): void {
    if (this.#isReturning) return;
    const dialog = this.#host.topmost();
    if (dialog !== null) {
      this.#isReopening = false;
      this.#addEntry(dialog.classList[0] ?? "");
    } else if (!this.#isReopening) {
      this.#removeEntry();
    }
  }

  /** Calls a task that writes an address, once the dialog that was closed just now has no entry any more. */
  whenSettled(task: () => void): void {
    if (!this.#isReturning && this.#host.topmost() === null) this.#removeEntry();
    if (this.#isReturning) this.#pendingTasks.push(task);
    else task();
  }

  #addEntry(kind: string): void {
    const { history, location } = this.#page;
    if (this.#entry !== null) {
      if ((this.#kindOf(history.state) ?? this.#rememberedKind) !== kind) this.#write("replaceState", kind);
    } else if (this.#write("pushState", kind)) {
      this.#entry = location.href;
    }
  }

  #removeEntry(): void {
    if (this.#entry === null) return;
    const { history, location } = this.#page;
    if (location.href === this.#entry) {
      this.#isReturning = true;
      history.back();
    } else {
      // The page shows other code by now, so that Back leads to what was there before.
      this.#entry = null;
      this.#write("replaceState", null);
    }
  }

  #onPopState(event: PopStateEvent): void {
    const kind = this.#kindOf(event.state) ?? this.#rememberedKind;
    const isOurs = kind !== null || this.#entry !== null || this.#host.ownsAddress;
    if (isOurs && this.#page.location.pathname === this.#path) event.stopImmediatePropagation();
    if (kind === null && this.#isAtOtherAddress) this.#entry = null;
    else this.#onArrival(kind);
  }

  /** True where the visitor went on to another address, and not back from a dialog: who follows the address shows what is there. */
  get #isAtOtherAddress(): boolean {
    return this.#entry !== null && !this.#isReturning && this.#page.location.href !== this.#entry;
  }

  #onArrival(kind: string | null): void {
    const isOurs = this.#isReturning;
    this.#isReturning = false;
    this.#isReopening = false;
    this.#entry = null;
    if (isOurs) {
      for (const task of this.#pendingTasks.splice(0)) task();
      this.sync(); // another dialog may have come meanwhile
    } else if (kind === null) {
      this.#host.topmost()?.close();
    } else {
      this.#entry = this.#page.location.href;
      this.#isReopening = true;
      if (this.#host.topmost() === null) this.#host.reopen(kind);
    }
  }

  /** @returns false where the browser refuses: Back then leaves the page, as it would without this */
  #write(method: "pushState" | "replaceState", kind: string | null): boolean {
    const { history } = this.#page;
    try {
      history[method]({ ...history.state, [KEY]: kind === null ? null : `${this.#element} ${kind}` }, "");
      const key = this.#page.navigation?.currentEntry?.key;
      if (key !== undefined && kind !== null) this.#kinds.set(key, kind);
      else if (key !== undefined) this.#kinds.delete(key);
      return true;
    } catch {
      return false;
    }
  }

  get #rememberedKind(): string | null {
    return this.#kinds.get(this.#page.navigation?.currentEntry?.key ?? "") ?? null;
  }

  /** The kind of this element's dialog that an entry is of. */
  #kindOf(state: unknown): string | null {
    if (typeof state !== "object" || state === null || !(KEY in state) || typeof state[KEY] !== "string") return null;
    const [element, kind] = state[KEY].split(" ");
    return element === this.#element ? (kind ?? null) : null;
  }
}
