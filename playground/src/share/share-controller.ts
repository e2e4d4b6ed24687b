/** The way to a link. What makes one is loaded when somebody asks for the first. */

import { nothing, type TemplateResult } from "lit";
import type { DialogBox } from "../dialogs/dialogs.ts";
import { Lazy } from "../lazy.ts";
import type { ShareBox, ShareBoxHost } from "./box.ts";

export class ShareController implements DialogBox {
  readonly kinds = ["share"];
  readonly #host: ShareBoxHost;
  readonly #box: Lazy<ShareBox>;

  constructor(host: ShareBoxHost) {
    this.#host = host;
    this.#box = new Lazy(async () => new (await import("./box.ts")).ShareBox(host));
  }

  /** Shows the link to what is open now. */
  async open(): Promise<void> {
    try {
      await (await this.#box.get()).open();
    } catch (error) {
      this.#host.tell(`The link could not be made. ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  reopen(): void {
    void this.open();
  }

  template(): TemplateResult | typeof nothing {
    return this.#box.loaded?.template() ?? nothing;
  }
}
