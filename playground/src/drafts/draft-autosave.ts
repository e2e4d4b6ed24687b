/**
 * Autosave: every change to a workspace becomes a draft. Autosave listens to the store and reports to it whether saving
 * succeeded.
 */

import type { WorkspaceEvent } from "../state/events.ts";
import type { Store } from "../state/store.ts";
import type { Workspace } from "../state/workspace.ts";
import { type Draft, type DraftContent, newDraftId } from "../storage/draft.ts";
import { DraftWriter, type DraftWriterHost } from "./draft-writer.ts";
import { writeTabDraft } from "./tab-draft.ts";

export class DraftAutosave implements DraftWriterHost {
  readonly #store: Store;
  readonly #unsubscribe: () => void;
  #writer: DraftWriter | null = null;
  /** The content that is saved, is being saved, or was just opened. */
  #saved: DraftContent;
  /** True once the page has reported that drafts cannot be saved. */
  #hasReportedError = false;

  constructor(store: Store) {
    this.#store = store;
    this.#saved = contentOf(store.workspace);
    this.#unsubscribe = store.subscribe((workspace, event) => this.#onEvent(workspace, event));
  }

  close(): void {
    this.#unsubscribe();
  }

  /** Return the open code as a draft once all changes are saved. The revision is 0 if the code was never changed. */
  async current(): Promise<Draft | null> {
    await this.#writer?.settled();
    return this.#writer?.draft ?? null;
  }

  onSaved(draft: Draft): void {
    this.#hasReportedError = false;
    if (draft !== this.#writer?.draft) return; // the page now shows different code
    const { draft: known } = this.#store.workspace;
    this.#store.send({ kind: "draft-saved", draft: draft.id, title: draft.title });
    writeTabDraft(draft.id);
    if (known !== null && known !== draft.id) {
      this.#notify(
        `This draft was changed or deleted in another tab. Your changes here are saved as “${draft.title}”.`,
      );
    }
  }

  onSaveFailed(error: unknown): void {
    if (!this.#hasReportedError) this.#notify(storageErrorText(error), true);
    this.#hasReportedError = true;
  }

  #notify(message: string, calm = false): void {
    this.#store.send({ kind: "notice-set", notice: { message, about: "draft", calm } });
  }

  #onEvent(workspace: Workspace, event: WorkspaceEvent): void {
    const before = this.#saved;
    this.#saved = contentOf(workspace);
    if (event.kind === "opened") this.#begin(workspace, event.draft?.revision ?? 0);
    else if (event.kind !== "draft-saved" && this.#shouldSave(before, this.#saved)) this.#writer?.save(this.#saved);
  }

  #begin(workspace: Workspace, revision: number): void {
    const { draft, origin, example } = workspace;
    const id = draft ?? newDraftId();
    const content = contentOf(workspace);
    this.#writer = new DraftWriter(
      { ...content, id, changed: 0, origin, example: example?.name ?? null, revision },
      this,
    );
    writeTabDraft(draft);
  }

  /** Return whether a change must be saved. Consent alone does not create a draft. */
  #shouldSave(before: DraftContent, after: DraftContent): boolean {
    const isChanged = (["title", "files", "outputs", "given"] as const).some((part) => before[part] !== after[part]);
    return isChanged || (before.trusted !== after.trusted && this.#writer?.isSaved === true);
  }
}

/** Explain why drafts cannot be saved, and what to do. */
export function storageErrorText(error: unknown): string {
  return error instanceof DOMException && error.name === "QuotaExceededError"
    ? "Drafts cannot be saved: the browser's storage is full. Delete a draft, or use Share to save your code in a link."
    : "Drafts cannot be saved: the browser blocks storage for this page. Use Share to save your code in a link.";
}

function contentOf({ title, files, outputs, fieldTexts: given, trusted }: Workspace): DraftContent {
  return { title, files, outputs, given, trusted };
}
