/** Buttons and a bar that fetch packages. The code that fetches them is loaded on first use. */

import { html, nothing, type TemplateResult } from "lit/html.js";
import type { DialogBox } from "../dialogs/dialogs.ts";
import { Lazy } from "../lazy.ts";
import type { Files, ProblemView } from "../protocol.ts";
import type { PackageBox, PackageBoxHost } from "./box.ts";
import { packageOf } from "./module-names.ts";

/** The index setting of a site that does not allow other packages. */
const NO_INDEX = "none";

export class PackageOffers implements DialogBox {
  readonly kinds = ["package"];
  readonly #host: PackageBoxHost;
  readonly #box: Lazy<PackageBox>;

  constructor(host: PackageBoxHost) {
    this.#host = host;
    this.#box = new Lazy(async () => (await import("./box.ts")).openBox(host));
  }

  /** Return a button for a problem with a missing module, or a hint if the site allows no other packages. */
  offer(problem: ProblemView): TemplateResult | typeof nothing {
    const { module } = problem;
    if (module === undefined) return nothing;
    if (!this.#isAllowed)
      return html`<p class="hint">numpy, pandas and most of the standard library are available. Other packages cannot be installed on this site.</p>`;
    return html`<button class="offer" @click=${() => this.#open(module, problem.file)}>${fetchLabel(module)}</button>`;
  }

  /** Return the fix that the editor offers for a problem. */
  fix(problem: ProblemView): { name: string; apply: () => void } | null {
    const { module } = problem;
    if (module === undefined || !this.#isAllowed) return null;
    return { name: fetchLabel(module), apply: () => this.#open(module, problem.file) };
  }

  /** Check the packages that the files' metadata lists. Report the result through the host's `onChecked`. */
  check(files: Files): void {
    const withoutPackages = (): void => this.#host.onChecked(files, true); // the import will fail and report the reason
    if (this.#isAllowed) this.#withBox((box) => box.check(files), withoutPackages);
    else withoutPackages();
  }

  /** Stop fetching: the code was replaced, or the element is being removed. */
  close(): void {
    this.#box.loaded?.close();
  }

  /** Offer the missing packages in the code's metadata. */
  openListed(): void {
    this.#withBox((box) => box.openListed());
  }

  bar(): TemplateResult | typeof nothing {
    return this.#box.loaded?.bar() ?? nothing;
  }

  template(): TemplateResult | typeof nothing {
    return this.#box.loaded?.template() ?? nothing;
  }

  get #isAllowed(): boolean {
    return this.#host.index() !== NO_INDEX;
  }

  #open(module: string, file: string | null): void {
    this.#withBox((box) => box.open(module, file));
  }

  #withBox(use: (box: PackageBox) => void, onFailure: () => void = () => {}): void {
    this.#box
      .get()
      .then(use)
      .catch((error: unknown) => {
        onFailure();
        this.#host.notify(
          `The package could not be fetched. ${error instanceof Error ? error.message : String(error)}`,
        );
      });
  }
}

function fetchLabel(module: string): string {
  return `Fetch ${packageOf(module)} from the package index`;
}
