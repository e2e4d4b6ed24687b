/** The way to what is taken home. What makes it is loaded when somebody asks for the first. */

import { nothing, type TemplateResult } from "lit";
import type { DialogBox } from "../dialogs/dialogs.ts";
import { Lazy } from "../lazy.ts";
import type { TakeBox, TakeBoxHost } from "./box.ts";
import type { Wish } from "./export-target.ts";

export class Taking implements DialogBox {
  readonly kinds = ["takehome"];
  readonly #host: TakeBoxHost;
  readonly #box: Lazy<TakeBox>;
  /** What was asked for last. */
  #wish: Wish | null = null;

  constructor(host: TakeBoxHost) {
    this.#host = host;
    this.#box = new Lazy(async () => new (await import("./box.ts")).TakeBox(host));
  }

  open(wish: Wish): void {
    this.#wish = wish;
    this.#box
      .get()
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
    return this.#box.loaded?.template() ?? nothing;
  }
}
