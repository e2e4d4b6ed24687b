/** Saves a draft of the open code: creates it on the first change, and updates it on each later one. */

import type { Draft, DraftContent } from "../storage/draft.ts";
import { saveDraft } from "./draft-store.ts";

export interface DraftWriterHost {
  /** Called after a change is saved. The draft then has a unique title. */
  onSaved(draft: Draft): void;
  /** Called if the browser refuses to save. */
  onSaveFailed(error: unknown): void;
}

export class DraftWriter {
  readonly #host: DraftWriterHost;
  #draft: Draft;
  /** The newest content, if it is waiting for the write in progress to end. */
  #next: DraftContent | null = null;
  #writing: Promise<void> | null = null;

  /** @param draft the stored draft; its revision is 0 if it was never saved */
  constructor(draft: Draft, host: DraftWriterHost) {
    this.#draft = draft;
    this.#host = host;
  }

  get draft(): Draft {
    return this.#draft;
  }

  get isSaved(): boolean {
    return this.#draft.revision > 0;
  }

  /** Save the content once the write in progress has ended. */
  save(content: DraftContent): void {
    this.#next = content;
    this.#writing ??= this.#write();
  }

  /** Resolve when all pending content is written. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  async #write(): Promise<void> {
    while (this.#next !== null) {
      const content = this.#next;
      this.#next = null;
      try {
        this.#draft = await saveDraft({ ...this.#draft, ...content });
        this.#host.onSaved(this.#draft);
      } catch (error) {
        this.#host.onSaveFailed(error);
      }
    }
    this.#writing = null;
  }
}
