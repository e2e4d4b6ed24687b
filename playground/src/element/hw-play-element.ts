/** `<hw-play>`: an editor, the dataflow, and the values, over one session of the page's Python. */

import type { CheckView, Files } from "../protocol.ts";
import { PlaygroundController, type Site } from "./playground-controller.ts";

export class HwPlayElement extends HTMLElement {
  static site: Site;

  #controller: PlaygroundController | null = null;

  /** Once there is code to look at. */
  get opened(): Promise<void> {
    return this.#connected.opened;
  }

  /** The files as they stand. Other ones take their place as if the visitor had written them. */
  get files(): Files {
    return this.#connected.files;
  }

  set files(files: Files) {
    this.#connected.files = files;
  }

  /** What Python says of the dataflow as it stands, which runs first where it has not; see `Session.check`. */
  check(source: string): Promise<CheckView> {
    return this.#connected.check(source);
  }

  /** Shows what is open beside the same with other files in it, or other texts of them. */
  compareWith(label: string, files: Files): void {
    this.#connected.compareWith(label, files);
  }

  connectedCallback(): void {
    this.#controller = new PlaygroundController(this, HwPlayElement.site);
    void this.#controller.open();
  }

  disconnectedCallback(): void {
    this.#controller?.close();
    this.#controller = null;
  }

  get #connected(): PlaygroundController {
    if (this.#controller === null) throw new Error("This <hw-play> is on no page.");
    return this.#controller;
  }
}
