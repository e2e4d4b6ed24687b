/** The controller that opens the Share dialog, whose code is loaded on first use. */

import { nothing, type TemplateResult } from "lit/html.js";
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

  /** Show the link to the open dataflow. */
  async open(): Promise<void> {
    try {
      await (await this.#box.get()).open();
    } catch (error) {
      this.#host.notify(`The link could not be created. ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  reopen(): void {
    void this.open();
  }

  template(): TemplateResult | typeof nothing {
    return this.#box.loaded?.template() ?? nothing;
  }
}
