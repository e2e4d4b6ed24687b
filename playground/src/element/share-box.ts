/** The box that Share opens: makes the link, and copies it. */

import { nothing, type TemplateResult } from "lit";
import { encode, type Shared } from "../share/codec.ts";
import { changes } from "../share/delta.ts";
import { type Copied, type Copyable, shareDialogTemplate } from "../share/dialog.ts";
import type { Workspace } from "../state/workspace.ts";

const COPIED_FOR_MS = 2000;

interface Made {
  link: string;
  title: string;
  copied: Copied;
}

export class ShareBox {
  /** The full-screen page of the site, wherever the element stands. */
  readonly #play: URL;
  readonly #changed: () => void;
  #made: Made | null = null;

  /**
   * @param assets the folder of the bundle's own files
   * @param changed called when the box has to be rendered again
   */
  constructor(assets: URL, changed: () => void) {
    this.#play = new URL("../../play/", assets);
    this.#changed = changed;
  }

  async open(workspace: Workspace): Promise<void> {
    const fragment = await encode(await carried(workspace));
    const link = new URL(fragment, this.#play).href;
    this.#made = { link, title: workspace.title, copied: null };
    this.#changed();
  }

  forget(): void {
    this.#made = null;
  }

  template(): TemplateResult | typeof nothing {
    if (this.#made === null) return nothing;
    const { link, title, copied } = this.#made;
    const markdown = `[${title} · Headwater](${link})`;
    return shareDialogTemplate({
      link,
      markdown,
      copied,
      onCopy: (what) => void this.#copy(what, what === "link" ? link : markdown),
      onClose: () => {
        this.#made = null;
        this.#changed();
      },
    });
  }

  /** A modal dialog opens by a call, once it is there. */
  rendered(root: ShadowRoot): void {
    const dialog = root.querySelector<HTMLDialogElement>("dialog.share");
    if (dialog !== null && !dialog.open) dialog.showModal();
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

/** What the link carries; what its example says already is left out. */
async function carried({ title, example, files, outputs, selected }: Workspace): Promise<Shared> {
  const same = example !== null && JSON.stringify(outputs) === JSON.stringify(example.outputs);
  return {
    engine: __ENGINE_VERSION__,
    ...(title === example?.title ? {} : { title }),
    ...(outputs === null || same ? {} : { outputs }),
    ...(selected === null ? {} : { selected }),
    ...(await changes(example, files)),
  };
}
