/** The box that Share opens: makes the link, and copies it. */

import { nothing, type TemplateResult } from "lit";
import type { Workspace } from "../state/workspace.ts";
import { Unshareable } from "./codec.ts";
import { type Copied, type Copyable, shareDialogTemplate } from "./dialog.ts";
import { type FrameOptions, USUAL_FRAME } from "./frame.ts";
import { linkTo } from "./link.ts";
import { type Shares, sharesOf } from "./link-formats.ts";

const COPIED_FOR_MS = 2000;

interface Made {
  fragment: string;
  title: string;
  copied: Copied;
}

export interface ShareBoxHost {
  /** The folder of the bundle's own files. */
  assets: URL;
  workspace(): Workspace;
  requestUpdate(): void;
  /** The visitor wants to compare the code with another. */
  compare(): void;
  /** Something to tell, in sentences. */
  tell(message: string): void;
}

export class ShareBox {
  readonly #host: ShareBoxHost;
  #made: Made | null = null;
  #frame: FrameOptions = USUAL_FRAME;

  constructor(host: ShareBoxHost) {
    this.#host = host;
  }

  async open(): Promise<void> {
    const workspace = this.#host.workspace();
    try {
      this.#made = { fragment: await linkTo(workspace), title: workspace.title, copied: null };
      this.#host.requestUpdate();
    } catch (error) {
      if (!(error instanceof Unshareable)) throw error;
      this.#host.tell(error.message);
    }
  }

  template(): TemplateResult | typeof nothing {
    if (this.#made === null) return nothing;
    const { fragment, title, copied } = this.#made;
    const shares: Shares = sharesOf(fragment, title, this.#host.assets, this.#frame);
    return shareDialogTemplate({
      shares,
      copied,
      frame: this.#frame,
      onFrame: (options) => {
        this.#frame = options;
        this.#host.requestUpdate();
      },
      onCopy: (what) => void this.#copy(what, shares[what]),
      onCompare: () => {
        this.#close();
        this.#host.compare();
      },
      onClose: () => this.#close(),
    });
  }

  #close(): void {
    this.#made = null;
    this.#host.requestUpdate();
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
    this.#host.requestUpdate();
  }
}
