/** The Share dialog: creates the link and copies it. */

import { nothing, type TemplateResult } from "lit/html.js";
import type { Workspace } from "../state/workspace.ts";
import { Unshareable } from "./codec.ts";
import { type CopiedFormat, type Copyable, shareDialogTemplate } from "./dialog.ts";
import { DEFAULT_FRAME, type FrameOptions } from "./frame.ts";
import { linkTo } from "./link.ts";
import { type LinkFormats, linkFormatsOf } from "./link-formats.ts";

const COPIED_FOR_MS = 2000;

interface ShownLink {
  fragment: string;
  title: string;
  copied: CopiedFormat;
}

export interface ShareBoxHost {
  /** The base URL of the bundle's files. */
  assets: URL;
  workspace(): Workspace;
  requestUpdate(): void;
  /** Compare the code with another dataflow. */
  compare(): void;
  /** Show a message to the visitor. */
  notify(message: string): void;
}

export class ShareBox {
  readonly #host: ShareBoxHost;
  #link: ShownLink | null = null;
  #frame: FrameOptions = DEFAULT_FRAME;

  constructor(host: ShareBoxHost) {
    this.#host = host;
  }

  async open(): Promise<void> {
    const workspace = this.#host.workspace();
    try {
      this.#link = { fragment: await linkTo(workspace), title: workspace.title, copied: null };
      this.#host.requestUpdate();
    } catch (error) {
      if (!(error instanceof Unshareable)) throw error;
      this.#host.notify(error.message);
    }
  }

  template(): TemplateResult | typeof nothing {
    if (this.#link === null) return nothing;
    const { fragment, title, copied } = this.#link;
    const formats: LinkFormats = linkFormatsOf(fragment, title, this.#host.assets, this.#frame);
    return shareDialogTemplate({
      formats,
      copied,
      frame: this.#frame,
      onFrame: (options) => {
        this.#frame = options;
        this.#host.requestUpdate();
      },
      onCopy: (what) => void this.#copy(what, formats[what]),
      onCompare: () => {
        this.#close();
        this.#host.compare();
      },
      onClose: () => this.#close(),
    });
  }

  #close(): void {
    this.#link = null;
    this.#host.requestUpdate();
  }

  async #copy(what: Copyable, text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text); // the browser throws without HTTPS
      this.#mark(what);
    } catch {
      this.#mark("refused");
      return;
    }
    setTimeout(() => this.#mark(null), COPIED_FOR_MS);
  }

  #mark(copied: ShownLink["copied"]): void {
    if (this.#link === null) return;
    this.#link = { ...this.#link, copied };
    this.#host.requestUpdate();
  }
}
