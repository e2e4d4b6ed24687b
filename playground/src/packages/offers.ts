/** Offers to fetch the package of a module that is missing. What fetches it is loaded when somebody asks for the first. */

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

  /** Beside a problem: the way to the package whose module is missing, or why there is none. */
  offer(problem: ProblemView): TemplateResult | typeof nothing {
    const { module } = problem;
    if (module === undefined) return nothing;
    if (this.#host.index() === "")
      return html`<p class="hint">Python here has numpy, pandas and most of the standard library. This site names no index to fetch other packages from.</p>`;
    return html`<button class="offer" @click=${() => this.#open(module)}>${fetchLabel(module)}</button>`;
  }

  /** What can be done about a problem from its mark in the editor: its label, and what it does. */
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
        this.#host.tell(`No package could be fetched. ${error instanceof Error ? error.message : String(error)}`);
      });
  }
}

function fetchLabel(module: string): string {
  return `Fetch ${packageOf(module)} from the package index`;
}
