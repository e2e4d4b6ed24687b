/** `<hw-play>`: an editor, a dataflow and its values, in one Python session. */

import type { CheckView, FieldTexts, Files, GraphView } from "../protocol.ts";
import { Deferred } from "../runtime/deferred.ts";
import type { CheckParams } from "../runtime/runtime.ts";
import { whenNearWindow } from "./near-window.ts";
import type { Picking } from "./picking.ts";
import { PlaygroundController, type Site } from "./playground-controller.ts";

export class HwPlayElement extends HTMLElement {
  static site: Site;

  #controller: PlaygroundController | null = null;
  #opened = new Deferred<void>();
  #stopWaiting: (() => void) | null = null;

  /** Resolves when code is shown. With `loading="lazy"`, code is shown only once the element is near the viewport. */
  get opened(): Promise<void> {
    return this.#opened.promise;
  }

  /** Whether code is shown, or is being loaded. */
  get isOpen(): boolean {
    return this.#controller !== null;
  }

  /** The current files. Setting them acts like an edit by the visitor. */
  get files(): Files {
    return this.#connected.files;
  }

  set files(files: Files) {
    this.#connected.files = files;
  }

  /** Show the first of these files, unless one of them is shown already. */
  showOneOf(names: readonly string[]): void {
    this.#connected.showOneOf(names);
  }

  /** The inputs, config values and overrides that the visitor entered. */
  get fieldTexts(): FieldTexts {
    return this.#connected.fieldTexts;
  }

  set fieldTexts(texts: FieldTexts) {
    this.#connected.fieldTexts = texts;
  }

  get graph(): GraphView {
    return this.#connected.graph;
  }

  /** Let the visitor pick nodes in the graph; null to inspect them as usual. */
  set picking(picking: Picking | null) {
    this.#connected.picking = picking;
  }

  /** Show the code now, even if the element is far from the viewport. Resolves when the code is shown. */
  open(): Promise<void> {
    this.#stopWaiting?.();
    this.#stopWaiting = null;
    if (this.#controller === null && this.isConnected) {
      const controller = new PlaygroundController(this, HwPlayElement.site);
      this.#controller = controller;
      const { resolve } = this.#opened;
      void controller.opened.then(() => {
        if (this.#controller === controller) resolve();
      });
      void controller.open();
    }
    return this.opened;
  }

  /** Resolve when the current files have run. */
  catchUp(): Promise<void> {
    return this.#connected.catchUp();
  }

  /** Run a lesson's check on the dataflow, after running it if needed; see `run_check` in `headwater.lessons`. */
  check(params: CheckParams): Promise<CheckView> {
    return this.#connected.check(params);
  }

  /** Report what Python is loading; null once it is ready. Return a function that stops the reports. */
  watchPython(report: (waitingFor: string | null) => void): () => void {
    return this.#connected.watchPython(report);
  }

  /** Show how the current files would change if `files` were added to them or replaced some of them. */
  compareWith(label: string, files: Files): void {
    this.#connected.compareWith(label, files);
  }

  /** Return the URL that opens the current code in the full-page playground. */
  link(): Promise<string> {
    return this.#connected.link();
  }

  connectedCallback(): void {
    this.#opened = new Deferred();
    if (this.getAttribute("loading") === "lazy") this.#stopWaiting = whenNearWindow(this, () => void this.open());
    else void this.open();
  }

  disconnectedCallback(): void {
    this.#stopWaiting?.();
    this.#stopWaiting = null;
    this.#controller?.close();
    this.#controller = null;
  }

  get #connected(): PlaygroundController {
    if (this.#controller === null) {
      throw new Error("This <hw-play> element has not been opened, or is no longer on the page.");
    }
    return this.#controller;
  }
}
