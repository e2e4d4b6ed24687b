/** The controller that opens comparisons. The code for comparisons is loaded on first use. */

import { nothing, type TemplateResult } from "lit/html.js";
import type { DialogBox } from "../dialogs/dialogs.ts";
import { Lazy } from "../lazy.ts";
import type { Files } from "../protocol.ts";
import type { Draft } from "../storage/draft.ts";
import type { CompareBox, CompareBoxHost } from "./box.ts";
import { parseComparison } from "./fragment.ts";

export class CompareController implements DialogBox {
  readonly kinds = ["compare", "compare-with"];
  readonly #host: CompareBoxHost;
  readonly #box: Lazy<CompareBox>;

  constructor(host: CompareBoxHost) {
    this.#host = host;
    this.#box = new Lazy(async () => new (await import("./box.ts")).CompareBox(host));
  }

  /** Ask the visitor to choose a dataflow for a comparison. */
  choose(): void {
    this.#with((box) => box.choose());
  }

  compareWithDraft(draft: Draft): void {
    this.#with((box) => box.compareWithDraft(draft));
  }

  /** Compare the open code with the code in a link. `fragment` includes the `#`. */
  compareWithLink(fragment: string): void {
    this.#with((box) => box.compareWithLink(fragment));
  }

  /** Compare the open code with another dataflow, which consists of `files`. */
  compareWithFiles(label: string, files: Files): void {
    this.#with((box) => box.compareWithFiles(label, files));
  }

  /** Reopen a dialog. Unless the URL contains a comparison, repeat the latest comparison with the current code. */
  reopen(kind: string): void {
    if (kind === "compare-with") this.choose();
    else if (parseComparison(location.hash) === null) this.#with((box) => box.reopen());
  }

  close(): void {
    this.#box.loaded?.close();
  }

  template(): TemplateResult | typeof nothing {
    return this.#box.loaded?.template() ?? nothing;
  }

  rendered(): void {
    this.#box.loaded?.rendered();
  }

  #with(task: (box: CompareBox) => Promise<void>): void {
    this.#box
      .get()
      .then(task)
      .catch((error: unknown) => {
        this.#host.notify(`Could not show the comparison. ${error instanceof Error ? error.message : String(error)}`);
      });
  }
}
