/** The Drafts dialog: lists, opens, names, duplicates, reverts, resets and deletes drafts. */

import { nothing, type TemplateResult } from "lit/html.js";
import { type LoadedProject, loadOrigin } from "../loading/load-project.ts";
import type { Store } from "../state/store.ts";
import { NO_VALUES } from "../state/workspace.ts";
import { type Draft, type DraftContent, type DraftEntry, newDraftId } from "../storage/draft.ts";
import { ago } from "./ago.ts";
import { type DraftAutosave, storageErrorText } from "./draft-autosave.ts";
import { deleteDraft, listDrafts, readDraft, saveDraft } from "./draft-store.ts";
import { loadDraft } from "./load-draft.ts";
import { type DraftsMenu, draftsMenuTemplate } from "./menu.ts";

export interface DraftsDialogHost {
  requestUpdate(): void;
  /** Show a project, which replaces the code from the link in the URL. */
  show(project: LoadedProject): void;
  /** Compare a draft with the open code. */
  compare(draft: Draft): void;
  /** Let the visitor choose an example. */
  chooseExample(): void;
}

interface MenuState {
  drafts: DraftEntry[];
  earlier: number | null;
  deleted: Draft | null;
  error: string | null;
}

export class DraftsDialog {
  readonly #store: Store;
  readonly #autosave: DraftAutosave;
  readonly #assets: URL;
  readonly #example: string;
  readonly #host: DraftsDialogHost;
  #state: MenuState | null = null;
  /** The draft as it was before the latest Reset or Revert. */
  #before: Draft | null = null;
  /** Settles when the last task has ended. A task must see all changes made by earlier tasks, so tasks do not overlap. */
  #tasks: Promise<void> = Promise.resolve();

  /**
   * @param assets the base URL of the bundle's files
   * @param example the name of the page's default example
   */
  constructor(store: Store, autosave: DraftAutosave, assets: URL, example: string, host: DraftsDialogHost) {
    this.#store = store;
    this.#autosave = autosave;
    this.#assets = assets;
    this.#example = example;
    this.#host = host;
  }

  open(): void {
    this.#attempt(async () => {
      this.#state = await this.#stateOfDrafts(null);
      this.#host.requestUpdate();
    });
  }

  template(): TemplateResult | typeof nothing {
    const menu = this.menu();
    return menu === null ? nothing : draftsMenuTemplate(menu);
  }

  /** Return the content and handlers of the open dialog; null while the dialog is closed. */
  menu(): DraftsMenu | null {
    if (this.#state === null) return null;
    const { title, draft } = this.#store.workspace;
    return {
      ...this.#state,
      deleted: this.#state.deleted?.title ?? null,
      title,
      open: draft,
      now: Date.now(),
      onOpen: (id) => this.#attempt(() => this.#openStored(id)),
      onCompare: (id) => this.#attempt(() => this.#compare(id)),
      onRename: (name) => this.#attempt(() => this.#rename(name)),
      onDuplicate: () => this.#attempt(() => this.#duplicate()),
      onReset: () => this.#attempt(() => this.#reset()),
      onRevert: () => this.#attempt(() => this.#revert()),
      onDelete: (id) => this.#attempt(() => this.#delete(id)),
      onUndo: () => this.#attempt(() => this.#undelete()),
      onNew: () =>
        this.#attempt(async () => this.#show(await loadOrigin(this.#assets, { kind: "new" }, this.#example))),
      onExample: () => {
        this.#close();
        this.#host.chooseExample();
      },
      onClose: () => this.#close(),
    };
  }

  /** Undo the latest Reset or Revert. */
  undo(): void {
    this.#attempt(async () => {
      if (this.#before === null) return;
      const { revision = 0 } = (await readDraft(this.#before.id)) ?? {};
      this.#show(await loadDraft(this.#assets, await saveDraft({ ...this.#before, revision })));
    });
  }

  async #openStored(id: string): Promise<void> {
    const draft = await readDraft(id);
    if (draft === null)
      await this.#list(null); // another tab has deleted the draft
    else this.#show(await loadDraft(this.#assets, draft));
  }

  async #compare(id: string): Promise<void> {
    const draft = await readDraft(id);
    if (draft === null) return this.#list(null);
    this.#close();
    this.#host.compare(draft);
  }

  async #rename(name: string): Promise<void> {
    const title = name.trim();
    if (title === "") return this.#host.requestUpdate();
    this.#store.send({ kind: "title-set", title });
    await this.#autosave.current();
    await this.#list(null);
  }

  async #duplicate(): Promise<void> {
    const draft = await this.#autosave.current();
    if (draft === null) return;
    const { title, files, outputs, fieldTexts: given, trusted } = this.#store.workspace;
    const copy = { ...draft, title, files, outputs, given, trusted, id: newDraftId(), revision: 0, earlier: undefined };
    this.#show(await loadDraft(this.#assets, await saveDraft(copy)));
  }

  /** Reset the draft to its original code. Consent to the draft does not cover that code. */
  async #reset(): Promise<void> {
    const before = await this.#autosave.current();
    if (before === null || before.revision === 0) return;
    const { opened, notice } = await loadOrigin(this.#assets, before.origin, this.#example);
    if (notice !== null) throw new Error(notice);
    const { files, outputs, fieldTexts: given = NO_VALUES, trusted } = opened;
    await this.#replaceContent(
      before,
      { files, outputs, given, trusted },
      `Reset “${before.title}” to its original code.`,
    );
  }

  /** Revert the draft to its content before the current editing session. */
  async #revert(): Promise<void> {
    const before = await this.#storedDraft();
    if (before?.earlier === undefined) return;
    const { files, outputs, given, changed } = before.earlier;
    const { trusted = before.origin.kind !== "link" } = before.earlier;
    await this.#replaceContent(
      before,
      { files, outputs, given, trusted },
      `Reverted “${before.title}” to the version from ${ago(changed, Date.now())}.`,
    );
  }

  async #replaceContent(before: Draft, content: Partial<DraftContent>, message: string): Promise<void> {
    const draft = await saveDraft({ ...before, ...content });
    this.#show(await loadDraft(this.#assets, draft));
    this.#before = before;
    this.#store.send({ kind: "notice-set", notice: { message, about: "draft", undo: true } });
  }

  async #delete(id: string): Promise<void> {
    const isOpen = id === this.#store.workspace.draft;
    const deleted = isOpen ? await this.#autosave.current() : await readDraft(id);
    await deleteDraft(id);
    if (isOpen && deleted !== null) {
      const { opened, notice } = await loadOrigin(this.#assets, deleted.origin, this.#example);
      this.#host.show({ opened, notice });
    }
    await this.#list(deleted);
  }

  async #undelete(): Promise<void> {
    const deleted = this.#state?.deleted ?? null;
    if (deleted === null) return;
    const draft = await saveDraft({ ...deleted, revision: 0 });
    this.#show(await loadDraft(this.#assets, draft));
  }

  #show(project: LoadedProject): void {
    this.#state = null;
    this.#before = null;
    this.#host.show(project);
  }

  #close(): void {
    this.#state = null;
    this.#host.requestUpdate();
  }

  /** Return the stored version of the open draft, which includes its earlier content; null if the draft was never saved. */
  async #storedDraft(): Promise<Draft | null> {
    const current = await this.#autosave.current();
    return current === null ? null : readDraft(current.id);
  }

  /** List the drafts again, unless the visitor has closed the dialog. */
  async #list(deleted: Draft | null): Promise<void> {
    const state = await this.#stateOfDrafts(deleted);
    if (this.#state === null) return;
    this.#state = state;
    this.#host.requestUpdate();
  }

  async #stateOfDrafts(deleted: Draft | null): Promise<MenuState> {
    const [drafts, open] = await Promise.all([listDrafts(), this.#storedDraft()]);
    return { drafts, earlier: open?.earlier?.changed ?? null, deleted, error: null };
  }

  /** Run a task after all earlier tasks. If it fails, show the error in the dialog. */
  #attempt(task: () => Promise<void>): void {
    this.#tasks = this.#tasks.then(task).catch((error: unknown) => {
      this.#state = {
        drafts: [],
        earlier: null,
        deleted: null,
        error: error instanceof DOMException ? storageErrorText(error) : String(error),
      };
      this.#host.requestUpdate();
    });
  }
}
