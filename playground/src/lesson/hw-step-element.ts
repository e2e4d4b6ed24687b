/** `<hw-step>`: a lesson step with text and usually an `<hw-play>`. The implementation is loaded only on pages with steps. */

import type { LessonStep } from "./step.ts";

const ARTICLE = "article";

/** The article that the browser loaded; null if the theme replaced it before this script ran. */
const loadedArticle = loadedPath() === location.pathname ? document.querySelector(ARTICLE) : null;

export class HwStepElement extends HTMLElement {
  #step: LessonStep | null = null;

  async connectedCallback(): Promise<void> {
    const { hash } = location; // the theme replaces the fragment as soon as the page scrolls
    const [{ LessonStep }, { arrive }] = await Promise.all([import("./step.ts"), import("./arrival.ts")]);
    if (!this.isConnected) return;
    this.#step ??= new LessonStep(this);
    arrive({ article: this.closest(ARTICLE), hash }, loadedArticle);
  }

  disconnectedCallback(): void {
    this.#step?.remove();
    this.#step = null;
  }
}

function loadedPath(): string {
  const [loading] = performance.getEntriesByType("navigation");
  return loading === undefined ? "" : new URL(loading.name).pathname;
}
