/** Where an element is rendered: what the site's build drew stays until the live element takes its place. */

import { render, type TemplateResult } from "lit";

export interface ElementRendererHost {
  root: ShadowRoot;
  /** Aborted once the element has left the page. */
  leaving: AbortSignal;
  /** Whether there is something to show. */
  isReady(): boolean;
  template(): TemplateResult;
  /** Called once, before the first rendering: what was drawn can still be looked at. */
  beforeFirstRender(): void;
  /** Called after each rendering. */
  afterRender(): void;
  /** Measures what has been rendered. */
  measure(): void;
}

export class ElementRenderer {
  readonly #host: ElementRendererHost;
  #styles: CSSStyleSheet[] = [];
  /** Null until the live element has taken over. */
  #container: HTMLElement | null = null;
  #updatePending = false;

  constructor(host: ElementRendererHost) {
    this.#host = host;
  }

  /** The style sheets of the live element; to be set before it takes over. */
  set styles(styles: CSSStyleSheet[]) {
    this.#styles = styles;
  }

  /** Renders once at the end of the present task, however often it is asked. */
  requestUpdate(): void {
    if (this.#updatePending) return;
    this.#updatePending = true;
    queueMicrotask(() => {
      this.#updatePending = false;
      if (!this.#host.leaving.aborted) this.#render();
    });
  }

  #render(): void {
    if (!this.#host.isReady()) return;
    const isFirst = this.#container === null;
    this.#container ??= this.#replacePrerendered();
    render(this.#host.template(), this.#container);
    // The first time, to measure what was rendered takes as long as to render it: that is a task of its own.
    if (isFirst) setTimeout(() => this.#measure());
    else this.#measure();
    this.#host.afterRender();
  }

  #measure(): void {
    if (!this.#host.leaving.aborted) this.#host.measure();
  }

  /** From what the site's build drew to the live element, in one step and at the same places. */
  #replacePrerendered(): HTMLElement {
    this.#host.beforeFirstRender();
    const element = document.createElement("div");
    element.className = "stage";
    this.#host.root.adoptedStyleSheets = this.#styles;
    this.#host.root.replaceChildren(element);
    return element;
  }
}
