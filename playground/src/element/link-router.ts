/**
 * A router that opens the code from the link in the URL. Back and Forward move between links. Once different code is open,
 * the link is removed from the URL.
 */

import { parseComparison } from "../compare/fragment.ts";
import { isLink, type LoadedProject } from "../loading/load-project.ts";

export interface LinkRouterHost {
  openLink(fragment: string): Promise<LoadedProject>;
  /** Load the code for a URL without a link. */
  openDefault(): Promise<LoadedProject>;
  /** Called before different code is loaded. */
  beforeOpen(): void;
  show(project: LoadedProject): void;
  /** Compare the code in the link `before` with the code that was just shown. */
  compareWith(before: string): void;
  showError(error: unknown): void;
}

export class LinkRouter {
  readonly #host: LinkRouterHost;
  /** The link that is open or being opened; empty without a link. */
  #fragment = "";
  /** True while the link's code is loading and the page still shows the previous code. */
  #isOpening = false;

  constructor(host: LinkRouterHost) {
    this.#host = host;
  }

  get isOpening(): boolean {
    return this.#isOpening;
  }

  /**
   * Open the link in a URL, or the default code if the URL has no link.
   *
   * @param hash the URL fragment
   */
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

  /** Open the link in the URL if it has changed. */
  follow(): void {
    const fragment = isLink(location.hash) ? location.hash : "";
    if (fragment !== this.#fragment) void this.open(fragment);
  }

  /** Remove the link from the URL, because different code is shown. */
  removeLink(): void {
    const previous = this.#fragment;
    this.#fragment = "";
    this.#isOpening = false;
    // The URL may already contain another link, whose `hashchange` event is still pending.
    if (previous === "" || location.hash !== previous) return;
    history.replaceState(history.state, "", location.pathname + location.search);
  }

  /** Close a comparison: its After side stays open, and the URL contains only that side's link. */
  closeComparison(): void {
    const compared = parseComparison(this.#fragment);
    if (compared === null) return;
    this.#fragment = compared.after;
    history.replaceState(history.state, "", compared.after);
  }
}
