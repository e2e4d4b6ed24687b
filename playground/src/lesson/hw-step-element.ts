/** `<hw-step>`: a lesson step with text and usually an `<hw-play>`. The implementation is loaded only on pages with steps. */

import { loadedArticle } from "./loaded-article.ts";
import type { LessonStep } from "./step.ts";

export class HwStepElement extends HTMLElement {
  #step: LessonStep | null = null;

  async connectedCallback(): Promise<void> {
    const { hash } = location; // the theme replaces the fragment as soon as the page scrolls
    const [{ LessonStep }, { arrive }, { watchStepKeys }] = await Promise.all([
      import("./step.ts"),
      import("./arrival.ts"),
      import("./step-keys.ts"),
    ]);
    if (!this.isConnected) return;
    this.#step ??= new LessonStep(this);
    arrive({ article: this.closest("article"), hash }, loadedArticle);
    watchStepKeys();
  }

  disconnectedCallback(): void {
    this.#step?.remove();
    this.#step = null;
  }
}
