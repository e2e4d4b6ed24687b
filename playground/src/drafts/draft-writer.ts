/** The draft that one opened code is kept in: made with the first change, and written after each. */

import type { Draft, DraftContent } from "../storage/draft.ts";
import { saveDraft } from "./draft-store.ts";

export interface DraftWriterHost {
  /** What was changed is kept now, under a title that no other draft has. */
  onSaved(draft: Draft): void;
  /** The browser did not keep it. */
  onSaveFailed(error: unknown): void;
}

export class DraftWriter {
  readonly #host: DraftWriterHost;
  #draft: Draft;
  /** The newest content that is not written yet. */
  #next: DraftContent | null = null;
  #writing: Promise<void> | null = null;

  /** @param draft as it was read; of revision 0 if there is none yet */
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

  /** Has the content written: at once, or after what is being written. */
  save(content: DraftContent): void {
    this.#next = content;
    this.#writing ??= this.#write();
  }

  /** Once all that was to be kept is written. */
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
