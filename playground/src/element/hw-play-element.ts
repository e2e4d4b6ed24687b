/** `<hw-play>`: an editor, the dataflow, and the values, over one session of the page's Python. */

import { Live, type Site } from "./live.ts";

export class HwPlayElement extends HTMLElement {
  static site: Site;

  #live: Live | null = null;

  connectedCallback(): void {
    this.#live = new Live(this, HwPlayElement.site);
    void this.#live.open();
  }

  disconnectedCallback(): void {
    this.#live?.close();
    this.#live = null;
  }
}
