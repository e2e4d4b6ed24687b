/** The dialogs of an element. Back closes the open dialog, and Forward reopens it. */

import type { nothing, TemplateResult } from "lit/html.js";
import { DialogHistory } from "./history.ts";
import { showModal } from "./modal.ts";

/** A feature that shows dialogs, one at a time. */
export interface DialogBox {
  /** The CSS classes of the feature's dialogs; no other feature uses them. */
  readonly kinds: readonly string[];
  /** Render the open dialog; nothing if no dialog is open. */
  template(): TemplateResult | typeof nothing;
  /** Reopen a dialog that Back closed. Without this method, the dialog stays closed. */
  reopen?(kind: string): void;
  /** Called after each rendering. */
  rendered?(): void;
}

export interface DialogsHost {
  root: ShadowRoot;
  /** The name of the element; a page may have several. */
  element: string;
  /** True if no other script on the page uses the URL fragment. */
  ownsUrl: boolean;
  /** Aborted when the element leaves the page. */
  disconnectSignal: AbortSignal;
}

export class Dialogs {
  readonly #root: ShadowRoot;
  readonly #boxes: readonly DialogBox[];
  readonly #history: DialogHistory;
  /** The element that had the focus before a dialog was shown, inside or outside the root, keyed by dialog. */
  readonly #openers = new Map<HTMLDialogElement, Element | null>();

  constructor({ root, element, ownsUrl, disconnectSignal }: DialogsHost, boxes: readonly DialogBox[]) {
    this.#root = root;
    this.#boxes = boxes;
    this.#history = new DialogHistory(
      element,
      {
        topmost: () => [...root.querySelectorAll<HTMLDialogElement>("dialog[open]")].at(-1) ?? null,
        ownsUrl,
        reopen: (kind) => this.#whenClosed(() => this.#boxes.find(({ kinds }) => kinds.includes(kind))?.reopen?.(kind)),
      },
      disconnectSignal,
    );
  }

  templates(): (TemplateResult | typeof nothing)[] {
    return this.#boxes.map((box) => box.template());
  }

  /** Show the dialogs that the latest rendering added. */
  rendered(): void {
    this.#returnFocus();
    for (const dialog of this.#root.querySelectorAll("dialog")) {
      if (!this.#openers.has(dialog)) this.#openers.set(dialog, this.#root.activeElement ?? document.activeElement);
      showModal(dialog);
    }
    for (const box of this.#boxes) box.rendered?.();
    this.#history.sync();
  }

  /**
   * If a dialog was removed, return the focus to its opener. Browsers do this only if a dialog is closed before it is
   * removed.
   */
  #returnFocus(): void {
    for (const [dialog, opener] of this.#openers) {
      if (dialog.isConnected) continue;
      this.#openers.delete(dialog);
      const { scrollX, scrollY } = window;
      focusAgain(opener);
      // If the URL has a fragment, going back scrolls to the fragment's target and loses the focus in the next frame.
      this.#history.whenSettled(() =>
        requestAnimationFrame(() =>
          setTimeout(() => {
            if (focusAgain(opener)) scrollTo({ left: scrollX, top: scrollY, behavior: "instant" });
          }),
        ),
      );
    }
  }

  /**
   * Run a task once no dialog is closing. The browser fires `close` up to a frame late. The handler of that event would close a
   * dialog that was opened in the meantime.
   */
  #whenClosed(task: () => void): void {
    const closing = [...this.#root.querySelectorAll("dialog")].find(({ open }) => !open);
    if (closing === undefined) task();
    else closing.addEventListener("close", task, { once: true });
  }

  /** Run a task that changes the URL, once the dialog that was just closed has left the history. */
  whenSettled(task: () => void): void {
    this.#history.whenSettled(task);
  }
}

/** Focus an element if the focus was lost. Return whether it was. */
function focusAgain(element: Element | null): boolean {
  if (document.activeElement !== document.body || element === null || element === document.body) return false;
  (element as HTMLElement).focus({ preventScroll: true });
  return true;
}
