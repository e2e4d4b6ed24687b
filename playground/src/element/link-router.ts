/**
 * The code that the address tells of. Back and forward lead from one link's code to another's; once other code is open,
 * the address forgets the link.
 */

import { parseComparison } from "../compare/fragment.ts";
import { isLink, type LoadedProject } from "../loading/load-project.ts";

export interface LinkRouterHost {
  openLink(fragment: string): Promise<LoadedProject>;
  /** What is shown where the address has no link. */
  openDefault(): Promise<LoadedProject>;
  /** Other code is on its way. */
  beforeOpen(): void;
  show(project: LoadedProject): void;
  /** Compares the link given with what was adopted just now. */
  compareWith(before: string): void;
  showError(error: unknown): void;
}

export class LinkRouter {
  readonly #host: LinkRouterHost;
  /** What was opened last, or is being opened; empty where no link is. */
  #fragment = "";
  /** True while the code that the address tells of is on its way; what is on the page is then other code. */
  #isOpening = false;

  constructor(host: LinkRouterHost) {
    this.#host = host;
  }

  get isOpening(): boolean {
    return this.#isOpening;
  }

  /** @param hash that of the address; whatever is no link counts as none */
  async open(hash: string): Promise<void> {
    const fragment = isLink(hash) ? hash : "";
    const compared = parseComparison(fragment);
    this.#fragment = fragment;
    this.#isOpening = true;
    this.#host.beforeOpen();
    try {
      const project =
        fragment === "" ? await this.#host.openDefault() : await this.#host.openLink(compared?.after ?? fragment);
      if (fragment !== this.#fragment) return;
      this.#host.show(project);
      if (compared !== null) this.#host.compareWith(compared.before);
    } catch (error) {
      if (fragment === this.#fragment) this.#host.showError(error);
    } finally {
      if (fragment === this.#fragment) this.#isOpening = false;
    }
  }

  /** Once the address has changed. */
  follow(): void {
    const fragment = isLink(location.hash) ? location.hash : "";
    if (fragment !== this.#fragment) void this.open(fragment);
  }

  /** The address of a link shows that link's code, and no other. */
  forget(): void {
    const previous = this.#fragment;
    this.#fragment = "";
    this.#isOpening = false;
    // Another link may stand there already, of which nobody has told yet.
    if (previous === "" || location.hash !== previous) return;
    history.replaceState(history.state, "", location.pathname + location.search);
  }

  /** What was compared stays open, under its own link. */
  closeComparison(): void {
    const compared = parseComparison(this.#fragment);
    if (compared === null) return;
    this.#fragment = compared.after;
    history.replaceState(history.state, "", compared.after);
  }
}
