/** The draft that one opened code is kept in: made with the first change, and written after each. */

import type { Draft, DraftContent } from "../storage/draft.ts";
import { saveDraft } from "./shelf.ts";

export interface KeepingHost {
  /** What was changed is kept now, under a title that no other draft has. */
  onKept(draft: Draft): void;
  /** The browser did not keep it. */
  onRefused(error: unknown): void;
}

export class Keeping {
  readonly #host: KeepingHost;
  #draft: Draft;
  /** The newest content that is not written yet. */
  #next: DraftContent | null = null;
  #writing: Promise<void> | null = null;

  /** @param draft as it was read; of revision 0 if there is none yet */
  constructor(draft: Draft, host: KeepingHost) {
    this.#draft = draft;
    this.#host = host;
  }

  get draft(): Draft {
    return this.#draft;
  }

  get isKept(): boolean {
    return this.#draft.revision > 0;
  }

  /** Has the content written: at once, or after what is being written. */
  keep(content: DraftContent): void {
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
        this.#host.onKept(this.#draft);
      } catch (error) {
        this.#host.onRefused(error);
      }
    }
    this.#writing = null;
  }
}
