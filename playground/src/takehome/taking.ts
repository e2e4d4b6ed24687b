/** The way to what is taken home. What makes it is loaded when somebody asks for the first. */

import { nothing, type TemplateResult } from "lit";
// biome-ignore lint/suspicious/noImportCycles: the types of what is taken belong in one file below this one.
import type { TakeBox, TakeBoxHost } from "./box.ts";

/** What a visitor asks for: the project, the drawing in some format, or one node as a test or a script. */
export type Wish = { kind: "project" } | { kind: "drawing" } | { kind: "test" | "script"; node: string };

export class Taking {
  readonly #host: TakeBoxHost;
  #box: Promise<TakeBox> | null = null;
  #loaded: TakeBox | null = null;
  /** What was asked for last. */
  #wish: Wish | null = null;

  constructor(host: TakeBoxHost) {
    this.#host = host;
  }

  open(wish: Wish): void {
    this.#wish = wish;
    this.#box ??= this.#load();
    this.#box
      .then((box) => box.open(wish))
      .catch((error: unknown) => {
        this.#host.tell(`Nothing could be taken home. ${error instanceof Error ? error.message : String(error)}`);
      });
  }

  /** Opens the box again that was closed last. */
  reopen(): void {
    if (this.#wish !== null) this.open(this.#wish);
  }

  template(): TemplateResult | typeof nothing {
    return this.#loaded?.template() ?? nothing;
  }

  rendered(): void {
    this.#loaded?.rendered();
  }

  async #load(): Promise<TakeBox> {
    try {
      // biome-ignore lint/suspicious/noImportCycles: the types of what is taken belong in one file below this one.
      const { TakeBox } = await import("./box.ts");
      this.#loaded = new TakeBox(this.#host);
      return this.#loaded;
    } catch (error) {
      this.#box = null; // the next try may find it
      throw error;
    }
  }
}
