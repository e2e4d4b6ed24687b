/** `<hw-step>`: a lesson step with text and usually an `<hw-play>`. The implementation is loaded only on pages with steps. */

import type { LessonStep } from "./step.ts";

export class HwStepElement extends HTMLElement {
  #step: LessonStep | null = null;

  async connectedCallback(): Promise<void> {
    const { LessonStep } = await import("./step.ts");
    if (this.isConnected) this.#step ??= new LessonStep(this);
  }

  disconnectedCallback(): void {
    this.#step?.remove();
    this.#step = null;
  }
}
