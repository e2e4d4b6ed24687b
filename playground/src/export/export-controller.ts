/** The controller that opens the Export dialog, whose code is loaded on first use. */

import { nothing, type TemplateResult } from "lit/html.js";
import type { DialogBox } from "../dialogs/dialogs.ts";
import { Lazy } from "../lazy.ts";
import type { ExportBox, ExportBoxHost } from "./box.ts";
import type { ExportTarget } from "./export-target.ts";

export class ExportController implements DialogBox {
  readonly kinds = ["export"];
  readonly #host: ExportBoxHost;
  readonly #box: Lazy<ExportBox>;
  /** The target for which the dialog was opened most recently. */
  #target: ExportTarget | null = null;

  constructor(host: ExportBoxHost) {
    this.#host = host;
    this.#box = new Lazy(async () => new (await import("./box.ts")).ExportBox(host));
  }

  open(target: ExportTarget): void {
    this.#target = target;
    this.#box
      .get()
      .then((box) => box.open(target))
      .catch((error: unknown) => {
        this.#host.notify(`The export failed. ${error instanceof Error ? error.message : String(error)}`);
      });
  }

  /** Reopen the most recently closed dialog. */
  reopen(): void {
    if (this.#target !== null) this.open(this.#target);
  }

  template(): TemplateResult | typeof nothing {
    return this.#box.loaded?.template() ?? nothing;
  }
}
