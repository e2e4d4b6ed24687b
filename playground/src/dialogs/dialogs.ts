/** The dialogs of an element: which there are, how they are shown, and what the browser's Back and Forward do with them. */

import type { nothing, TemplateResult } from "lit";
import { DialogHistory } from "./history.ts";
import { showModal } from "./modal.ts";

/** What can be in dialogs, one at a time. */
export interface DialogBox {
  /** The classes by which its dialogs are told from those of other boxes. */
  readonly kinds: readonly string[];
  /** The dialog, while it is open. */
  template(): TemplateResult | typeof nothing;
  /** Opens the dialog again that Back closed; without it, that dialog stays closed. */
  reopen?(kind: string): void;
  /** Called after each rendering. */
  rendered?(): void;
}

export interface DialogsHost {
  root: ShadowRoot;
  /** The name of the element: a page may have several. */
  element: string;
  /** True where the address is the element's own: no other script of the page follows its fragment. */
  ownsAddress: boolean;
  /** Aborted once the element has left the page. */
  leaving: AbortSignal;
}

export class Dialogs {
  readonly #root: ShadowRoot;
  readonly #boxes: readonly DialogBox[];
  readonly #history: DialogHistory;

  constructor({ root, element, ownsAddress, leaving }: DialogsHost, boxes: readonly DialogBox[]) {
    this.#root = root;
    this.#boxes = boxes;
    this.#history = new DialogHistory(
      element,
      {
        topmost: () => [...root.querySelectorAll<HTMLDialogElement>("dialog[open]")].at(-1) ?? null,
        ownsAddress,
        reopen: (kind) => this.#whenClosed(() => this.#boxes.find(({ kinds }) => kinds.includes(kind))?.reopen?.(kind)),
      },
      leaving,
    );
  }

  templates(): (TemplateResult | typeof nothing)[] {
    return this.#boxes.map((box) => box.template());
  }

  /** Shows what has been rendered. */
  rendered(): void {
    for (const dialog of this.#root.querySelectorAll("dialog")) showModal(dialog);
    for (const box of this.#boxes) box.rendered?.();
    this.#history.sync();
  }

  /**
   * Calls a task once no dialog is closing. The browser tells of a closed dialog up to a frame later, and its box, which then
   * closes, would close what was opened meanwhile.
   */
  #whenClosed(task: () => void): void {
    const closing = [...this.#root.querySelectorAll("dialog")].find(({ open }) => !open);
    if (closing === undefined) task();
    else closing.addEventListener("close", task, { once: true });
  }

  /** Calls a task that writes an address, once the dialog that was closed just now has no entry in the history any more. */
  whenSettled(task: () => void): void {
    this.#history.whenSettled(task);
  }
}
