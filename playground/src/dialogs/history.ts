/**
 * Back and Forward for dialogs.
 *
 * An open dialog has a history entry with the page's URL. Back closes the dialog, and Forward reopens it. A dialog
 * that is closed in another way removes its entry.
 */

export interface DialogHistoryHost {
  /** Return the topmost open dialog, or null. */
  topmost(): HTMLDialogElement | null;
  /** True if no other script on the page uses the URL fragment. */
  readonly ownsUrl: boolean;
  /** Reopen the dialog to which Forward leads, if possible. */
  reopen(kind: string): void;
}

export interface PageHistory extends Pick<Window, "history" | "location" | "addEventListener"> {
  /** Not available in every browser. */
  navigation?: { readonly currentEntry: { readonly key: string } | null };
}

const KEY = "headwaterDialog";

export class DialogHistory {
  readonly #host: DialogHistoryHost;
  readonly #element: string;
  readonly #page: PageHistory;
  readonly #path: string;
  /** The URL of the open dialog's history entry; null if the current entry has no dialog. */
  #entry: string | null = null;
  /** True between Forward and the rendering of the dialog that it reopens. */
  #isReopening = false;
  /** True while the browser goes back, which is asynchronous. */
  #isReturning = false;
  #pendingTasks: (() => void)[] = [];
  #received: PopStateEvent | null = null;
  /**
   * The kinds of dialogs, keyed by history entry. Not stored in the state of an entry, because the theme's scripts overwrite
   * that state.
   */
  readonly #kinds = new Map<string, string>();

  /**
   * @param element the name of the element; a page may have several
   * @param disconnectSignal aborted when the element leaves the page
   */
  constructor(element: string, host: DialogHistoryHost, disconnectSignal: AbortSignal, page: PageHistory = window) {
    this.#element = element;
    this.#host = host;
    this.#page = page;
    this.#path = page.location.pathname;
    // Stop the event before the theme's instant navigation receives it and reloads the page. On the site, `early-events.html`
    // passes the event on before the theme can receive it.
    for (const type of ["earlypopstate", "popstate"]) {
      page.addEventListener(type, (event) => this.#receive(event), { signal: disconnectSignal });
    }
  }

  /** Update the history to match the open dialog. Call this after each rendering. */
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

  /** Run a task that changes the URL, once the dialog that was just closed has left the history. */
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
      // The page now shows different code, so Back leads to the previous code.
      this.#entry = null;
      this.#write("replaceState", null);
    }
  }

  /** Handle an event once, even if it is received twice. */
  #receive(event: Event): void {
    const popState: PopStateEvent = (event as CustomEvent).detail ?? event;
    if (popState !== this.#received) this.#onPopState(popState);
    this.#received = popState;
  }

  #onPopState(event: PopStateEvent): void {
    const kind = this.#kindOf(event.state) ?? this.#rememberedKind;
    const isOurs = kind !== null || this.#entry !== null || this.#host.ownsUrl;
    if (isOurs && this.#page.location.pathname === this.#path) event.stopImmediatePropagation();
    if (kind === null && this.#isAtOtherUrl) this.#entry = null;
    else this.#onArrival(kind);
  }

  /**
   * True if the visitor navigated to another URL instead of going back from a dialog. The link router handles the navigation.
   */
  get #isAtOtherUrl(): boolean {
    return this.#entry !== null && !this.#isReturning && this.#page.location.href !== this.#entry;
  }

  #onArrival(kind: string | null): void {
    const isOurs = this.#isReturning;
    this.#isReturning = false;
    this.#isReopening = false;
    this.#entry = null;
    if (isOurs) {
      for (const task of this.#pendingTasks.splice(0)) task();
      this.sync(); // another dialog may have opened in the meantime
    } else if (kind === null) {
      this.#host.topmost()?.close();
    } else {
      this.#entry = this.#page.location.href;
      this.#isReopening = true;
      if (this.#host.topmost() === null) this.#host.reopen(kind);
    }
  }

  /** @returns false if the browser adds no entry; Back then leaves the page */
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

  /** Return the kind of dialog in a history entry's state; null unless the dialog belongs to this element. */
  #kindOf(state: unknown): string | null {
    if (typeof state !== "object" || state === null || !(KEY in state) || typeof state[KEY] !== "string") return null;
    const [element, kind] = state[KEY].split(" ");
    return element === this.#element ? (kind ?? null) : null;
  }
}
