/** Buttons that fetch the package of a missing module. The code that fetches it is loaded on first use. */

import { html, nothing, type TemplateResult } from "lit";
import type { DialogBox } from "../dialogs/dialogs.ts";
import { Lazy } from "../lazy.ts";
import type { ProblemView } from "../protocol.ts";
import type { PackageBox, PackageBoxHost } from "./box.ts";
import { packageOf } from "./module-names.ts";

export class PackageOffers implements DialogBox {
  readonly kinds = ["package"];
  readonly #host: PackageBoxHost;
  readonly #box: Lazy<PackageBox>;

  constructor(host: PackageBoxHost) {
    this.#host = host;
    this.#box = new Lazy(async () => new (await import("./box.ts")).PackageBox(host));
  }

  /** Return a button for a problem with a missing module, or a hint if the site has no package index. */
  offer(problem: ProblemView): TemplateResult | typeof nothing {
    const { module } = problem;
    if (module === undefined) return nothing;
    if (this.#host.index() === "")
      return html`<p class="hint">numpy, pandas and most of the standard library are available. Other packages cannot be installed on this site.</p>`;
    return html`<button class="offer" @click=${() => this.#open(module)}>${fetchLabel(module)}</button>`;
  }

  /** Return the fix that the editor offers for a problem. */
  fix(problem: ProblemView): { name: string; apply: () => void } | null {
    const { module } = problem;
    if (module === undefined || this.#host.index() === "") return null;
    return { name: fetchLabel(module), apply: () => this.#open(module) };
  }

  template(): TemplateResult | typeof nothing {
    return this.#box.loaded?.template() ?? nothing;
  }

  #open(module: string): void {
    this.#box
      .get()
      .then((box) => box.open(module))
      .catch((error: unknown) => {
        this.#host.notify(
          `The package could not be fetched. ${error instanceof Error ? error.message : String(error)}`,
        );
      });
  }
}

function fetchLabel(module: string): string {
  return `Fetch ${packageOf(module)} from the package index`;
}
