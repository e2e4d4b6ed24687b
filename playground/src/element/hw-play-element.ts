/** `<hw-play>`: an editor, a dataflow and its values, in one session of Python. */

import type { CheckView, Files } from "../protocol.ts";
import { PlaygroundController, type Site } from "./playground-controller.ts";

export class HwPlayElement extends HTMLElement {
  static site: Site;

  #controller: PlaygroundController | null = null;

  /** Resolves when code is shown. */
  get opened(): Promise<void> {
    return this.#connected.opened;
  }

  /** The current files. Setting them acts like an edit by the visitor. */
  get files(): Files {
    return this.#connected.files;
  }

  set files(files: Files) {
    this.#connected.files = files;
  }

  /** Run a lesson's check on the dataflow, after running it if needed; see `run_check` in `headwater.lessons`. */
  check(source: string): Promise<CheckView> {
    return this.#connected.check(source);
  }

  /** Compare the current files with the files that result from adding or replacing some. */
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
    if (this.#controller === null) throw new Error("This <hw-play> is not connected to a page.");
    return this.#controller;
  }
}
