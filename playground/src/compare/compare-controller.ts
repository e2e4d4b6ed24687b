/** The controller of comparisons. Their code is loaded with the first one. */

import { nothing, type TemplateResult } from "lit";
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

  /** Ask the visitor what to compare with. */
  choose(): void {
    this.#with((box) => box.choose());
  }

  withDraft(draft: Draft): void {
    this.#with((box) => box.withDraft(draft));
  }

  /** Compare with a link, given by its fragment. */
  withLink(fragment: string): void {
    this.#with((box) => box.withLink(fragment));
  }

  /** Compare with all files of another dataflow. */
  withFiles(label: string, files: Files): void {
    this.#with((box) => box.withFiles(label, files));
  }

  /** Reopen a dialog. The latest comparison is repeated with the current code, unless the URL holds a comparison. */
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
