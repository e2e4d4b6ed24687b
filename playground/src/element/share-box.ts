/** The box that Share opens: makes the link, and copies it. */

import { nothing, type TemplateResult } from "lit";
import { showModal } from "../modal.ts";
import { type Copied, type Copyable, shareDialogTemplate } from "../share/dialog.ts";
import { type FrameOptions, USUAL_FRAME } from "../share/frame.ts";
import { linkTo } from "../share/link.ts";
import { type Shares, sharesOf } from "../share/shares.ts";
import type { Workspace } from "../state/workspace.ts";

const COPIED_FOR_MS = 2000;

interface Made {
  fragment: string;
  title: string;
  copied: Copied;
}

export class ShareBox {
  readonly #assets: URL;
  readonly #changed: () => void;
  readonly #compare: () => void;
  #made: Made | null = null;
  #frame: FrameOptions = USUAL_FRAME;

  /**
   * @param assets the folder of the bundle's own files
   * @param changed called when the box has to be rendered again
   * @param compare called when the visitor wants to compare the code with another
   */
  constructor(assets: URL, changed: () => void, compare: () => void) {
    this.#assets = assets;
    this.#changed = changed;
    this.#compare = compare;
  }

  async open(workspace: Workspace): Promise<void> {
    const fragment = await linkTo(workspace);
    this.#made = { fragment, title: workspace.title, copied: null };
    this.#changed();
  }

  forget(): void {
    this.#made = null;
  }

  template(): TemplateResult | typeof nothing {
    if (this.#made === null) return nothing;
    const { fragment, title, copied } = this.#made;
    const shares: Shares = sharesOf(fragment, title, this.#assets, this.#frame);
    return shareDialogTemplate({
      shares,
      copied,
      frame: this.#frame,
      onFrame: (options) => {
        this.#frame = options;
        this.#changed();
      },
      onCopy: (what) => void this.#copy(what, shares[what]),
      onCompare: () => {
        this.#close();
        this.#compare();
      },
      onClose: () => this.#close(),
    });
  }

  #close(): void {
    this.#made = null;
    this.#changed();
  }

  rendered(root: ShadowRoot): void {
    showModal(root.querySelector<HTMLDialogElement>("dialog.share"));
  }

  async #copy(what: Copyable, text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text); // there is no clipboard on a page without HTTPS
      this.#mark(what);
    } catch {
      this.#mark("refused");
      return;
    }
    setTimeout(() => this.#mark(null), COPIED_FOR_MS);
  }

  #mark(copied: Made["copied"]): void {
    if (this.#made === null) return;
    this.#made = { ...this.#made, copied };
    this.#changed();
  }
}
