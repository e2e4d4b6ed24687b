/** The renderer for an element. The prerendered element stays until the live element replaces it. */

import { render, type TemplateResult } from "lit/html.js";
import { EarlyClicks } from "./early-clicks.ts";

export interface ElementRendererHost {
  root: ShadowRoot;
  /** Aborted when the element leaves the page. */
  disconnectSignal: AbortSignal;
  /** Return whether the element has content to show. */
  isReady(): boolean;
  template(): TemplateResult;
  /** Called once before the first rendering, while the prerendered element is still there. */
  beforeFirstRender(): void;
  /** Called after each rendering. */
  afterRender(): void;
  measure(): void;
}

export class ElementRenderer {
  readonly #host: ElementRendererHost;
  #styles: CSSStyleSheet[] = [];
  /** Null until the live element has replaced the prerendered one. */
  #container: HTMLElement | null = null;
  #updatePending = false;
  readonly #earlyClicks: EarlyClicks;

  constructor(host: ElementRendererHost) {
    this.#host = host;
    this.#earlyClicks = new EarlyClicks(host.root);
  }

  /** The style sheets of the live element; set before the first rendering. */
  set styles(styles: CSSStyleSheet[]) {
    this.#styles = styles;
  }

  /** Render once at the end of the current task, regardless of how often this is called. */
  requestUpdate(): void {
    if (this.#updatePending) return;
    this.#updatePending = true;
    queueMicrotask(() => {
      this.#updatePending = false;
      if (!this.#host.disconnectSignal.aborted) this.#render();
    });
  }

  #render(): void {
    if (!this.#host.isReady()) return;
    const isFirst = this.#container === null;
    this.#container ??= this.#replacePrerendered();
    const focused = ancestorsOf(this.#host.root.activeElement);
    render(this.#host.template(), this.#container);
    // The first measurement takes as long as the rendering, so it runs in a separate task.
    if (isFirst) setTimeout(() => this.#measure());
    else this.#measure();
    this.#host.afterRender();
    keepFocus(focused);
    if (isFirst) this.#earlyClicks.repeat();
  }

  #measure(): void {
    if (!this.#host.disconnectSignal.aborted) this.#host.measure();
  }

  /** Replace the prerendered element with the live element, in one step and in the same position. */
  #replacePrerendered(): HTMLElement {
    this.#host.beforeFirstRender();
    const element = document.createElement("div");
    element.className = "stage";
    this.#host.root.adoptedStyleSheets = this.#styles;
    this.#host.root.replaceChildren(element);
    return element;
  }
}

/** Return an element and its ancestors, innermost first. */
function ancestorsOf(element: Element | null): HTMLElement[] {
  const ancestors: HTMLElement[] = [];
  for (let each = element; each !== null; each = each.parentElement) ancestors.push(each as HTMLElement);
  return ancestors;
}

/**
 * If the focused control has disappeared, focus the control with the same `data-focus`, or the nearest ancestor that remains.
 * Otherwise, Tab would start at the top of the page.
 */
function keepFocus(focused: readonly HTMLElement[]): void {
  if (document.activeElement !== document.body) return;
  const part = focused.find(({ isConnected }) => isConnected);
  if (part === undefined) return;
  const name = focused[0]?.dataset["focus"];
  const successor = name === undefined ? null : part.querySelector<HTMLElement>(`[data-focus="${name}"]`);
  if (successor !== null) {
    successor.focus({ preventScroll: true });
    return;
  }
  part.tabIndex = -1;
  part.focus({ preventScroll: true });
}
