/** The way to a comparison. What shows one is loaded when somebody asks for the first. */

import { nothing, type TemplateResult } from "lit";
import type { Draft } from "../drafts/draft.ts";
import type { Files } from "../protocol.ts";
import type { CompareBox, CompareBoxHost } from "./compare-box.ts";

export class Comparing {
  readonly #host: CompareBoxHost;
  #box: Promise<CompareBox> | null = null;
  #loaded: CompareBox | null = null;

  constructor(host: CompareBoxHost) {
    this.#host = host;
  }

  /** Asks the visitor what to compare with. */
  choose(): void {
    this.#with((box) => box.choose());
  }

  withDraft(draft: Draft): void {
    this.#with((box) => box.withDraft(draft));
  }

  /** @param fragment the link of what was before */
  withLink(fragment: string): void {
    this.#with((box) => box.withLink(fragment));
  }

  /** @param files all that the other dataflow is made of */
  withFiles(label: string, files: Files): void {
    this.#with((box) => box.withFiles(label, files));
  }

  /** Shows what was compared last beside what is open now. */
  reopen(): void {
    this.#with((box) => box.reopen());
  }

  close(): void {
    this.#loaded?.close();
  }

  template(): TemplateResult | typeof nothing {
    return this.#loaded?.template() ?? nothing;
  }

  rendered(): void {
    this.#loaded?.rendered();
  }

  #with(task: (box: CompareBox) => Promise<void>): void {
    this.#box ??= this.#load();
    this.#box.then(task).catch((error: unknown) => {
      this.#host.tell(`The comparison could not be shown. ${error instanceof Error ? error.message : String(error)}`);
    });
  }

  async #load(): Promise<CompareBox> {
    try {
      const { CompareBox } = await import("./compare-box.ts");
      this.#loaded = new CompareBox(this.#host);
      return this.#loaded;
    } catch (error) {
      this.#box = null; // the next try may find it
      throw error;
    }
  }
}
