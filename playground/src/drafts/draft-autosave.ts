/** Has every change of a workspace kept as a draft. It listens to the store, and tells it what became of the writing. */

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
  /** What is kept, is being written, or came as it is. */
  #saved: DraftContent;
  /** True once the visitor knows that nothing is kept. */
  #hasReportedError = false;

  constructor(store: Store) {
    this.#store = store;
    this.#saved = contentOf(store.workspace);
    this.#unsubscribe = store.subscribe((workspace, event) => this.#onEvent(workspace, event));
  }

  close(): void {
    this.#unsubscribe();
  }

  /** What is open, as a draft: of revision 0 if nobody changed it yet. Waits until all changes are written. */
  async current(): Promise<Draft | null> {
    await this.#writer?.settled();
    return this.#writer?.draft ?? null;
  }

  onSaved(draft: Draft): void {
    this.#hasReportedError = false;
    if (draft !== this.#writer?.draft) return; // other code is open by now
    const { draft: known } = this.#store.workspace;
    this.#store.send({ kind: "draft-saved", draft: draft.id, title: draft.title });
    writeTabDraft(draft.id);
    if (known !== null && known !== draft.id) {
      this.#notify(`Another tab changed or deleted this draft. What you write here is kept as “${draft.title}”.`);
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

  /** Letting code run makes no draft of it. */
  #shouldSave(before: DraftContent, after: DraftContent): boolean {
    const isChanged = (["title", "files", "outputs", "given"] as const).some((part) => before[part] !== after[part]);
    return isChanged || (before.trusted !== after.trusted && this.#writer?.isSaved === true);
  }
}

/** Why nothing is kept, and what to do about it. */
export function storageErrorText(error: unknown): string {
  return error instanceof DOMException && error.name === "QuotaExceededError"
    ? "Drafts cannot be kept: the browser has no room left. Delete a draft, or use Share to keep your code in a link."
    : "Drafts cannot be kept: the browser keeps nothing for this page. Use Share to keep your code in a link.";
}

function contentOf({ title, files, outputs, given, trusted }: Workspace): DraftContent {
  return { title, files, outputs, given, trusted };
}
