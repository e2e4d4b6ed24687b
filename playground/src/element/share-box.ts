/** The box that Share opens: makes the link, and copies it. */

import { nothing, type TemplateResult } from "lit";
import type { Given } from "../protocol.ts";
import { encode, type Shared } from "../share/codec.ts";
import { changes } from "../share/delta.ts";
import { type Copied, type Copyable, shareDialogTemplate } from "../share/dialog.ts";
import { type Shares, sharesOf } from "../share/shares.ts";
import type { Workspace } from "../state/workspace.ts";

const COPIED_FOR_MS = 2000;

interface Made {
  shares: Shares;
  copied: Copied;
}

export class ShareBox {
  readonly #assets: URL;
  readonly #changed: () => void;
  #made: Made | null = null;

  /**
   * @param assets the folder of the bundle's own files
   * @param changed called when the box has to be rendered again
   */
  constructor(assets: URL, changed: () => void) {
    this.#assets = assets;
    this.#changed = changed;
  }

  async open(workspace: Workspace): Promise<void> {
    const fragment = await encode(await carried(workspace));
    this.#made = { shares: sharesOf(fragment, workspace.title, this.#assets), copied: null };
    this.#changed();
  }

  forget(): void {
    this.#made = null;
  }

  template(): TemplateResult | typeof nothing {
    if (this.#made === null) return nothing;
    const { shares, copied } = this.#made;
    return shareDialogTemplate({
      shares,
      copied,
      onCopy: (what) => void this.#copy(what, shares[what]),
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
async function carried({ title, example, files, outputs, given, selected }: Workspace): Promise<Shared> {
  const same = example !== null && JSON.stringify(outputs) === JSON.stringify(example.outputs);
  return {
    engine: __ENGINE_VERSION__,
    ...(title === example?.title ? {} : { title }),
    ...(outputs === null || same ? {} : { outputs }),
    ...(isNothing(given) ? {} : { given: withoutNothing(given) }),
    ...(selected === null ? {} : { selected }),
    ...(await changes(example, files)),
  };
}

function isNothing(given: Given): boolean {
  return Object.values(given).every((values) => Object.keys(values).length === 0);
}

function withoutNothing({ overrides, ...given }: Given): NonNullable<Shared["given"]> {
  return Object.keys(overrides).length === 0 ? given : { ...given, overrides };
}
