/**
 * The controller of drafts: it saves the open draft, finds the latest draft, and opens the Drafts dialog, which is loaded on
 * first use.
 */

import { nothing, type TemplateResult } from "lit/html.js";
import type { DialogBox } from "../dialogs/dialogs.ts";
import { Lazy } from "../lazy.ts";
import type { LoadedProject } from "../loading/load-project.ts";
import type { Store } from "../state/store.ts";
import { DraftAutosave } from "./draft-autosave.ts";
import { latestDraft, readDraft } from "./draft-store.ts";
import type { DraftsDialog, DraftsDialogHost } from "./drafts-dialog.ts";
import { loadDraft } from "./load-draft.ts";
import { readTabDraft } from "./tab-draft.ts";

export class DraftsController implements DialogBox {
  readonly kinds = ["drafts"];
  readonly #store: Store;
  readonly #autosave: DraftAutosave;
  readonly #assets: URL;
  readonly #dialog: Lazy<DraftsDialog>;

  /**
   * @param assets the base URL of the bundle's files
   * @param example the name of the page's default example
   */
  constructor(store: Store, assets: URL, example: string, host: DraftsDialogHost) {
    this.#store = store;
    this.#autosave = new DraftAutosave(store);
    this.#assets = assets;
    this.#dialog = new Lazy(async () => {
      const { DraftsDialog } = await import("./drafts-dialog.ts");
      return new DraftsDialog(store, this.#autosave, assets, example, host);
    });
  }

  close(): void {
    this.#autosave.close();
  }

  /** Load the draft for a page without a link: the draft that this tab showed, otherwise the newest; null if there is none. */
  async latest(): Promise<LoadedProject | null> {
    try {
      const tabDraft = readTabDraft();
      const draft = (tabDraft === null ? null : await readDraft(tabDraft)) ?? (await latestDraft());
      return draft === null ? null : await loadDraft(this.#assets, draft);
    } catch {
      return null; // the first change will report that drafts cannot be saved
    }
  }

  async open(): Promise<void> {
    try {
      (await this.#dialog.get()).open();
    } catch (error) {
      const message = `The drafts could not be listed. ${error instanceof Error ? error.message : String(error)}`;
      this.#store.send({ kind: "notice-set", notice: { message, about: "draft" } });
    }
  }

  reopen(): void {
    void this.open();
  }

  template(): TemplateResult | typeof nothing {
    return this.#dialog.loaded?.template() ?? nothing;
  }

  /** Undo the dialog's latest Reset or Revert. */
  undo(): void {
    this.#dialog.loaded?.undo();
  }
}
