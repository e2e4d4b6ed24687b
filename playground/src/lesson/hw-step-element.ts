/**
 * `<hw-step>`: a lesson step, which contains text and an `<hw-play>`. The implementation is loaded only on pages that have a
 * step.
 */

import type { HwPlayElement } from "../element/hw-play-element.ts";
import type { LessonStep } from "./step.ts";

export class HwStepElement extends HTMLElement {
  #step: LessonStep | null = null;

  async connectedCallback(): Promise<void> {
    const { LessonStep } = await import("./step.ts");
    const play = this.querySelector<HwPlayElement>("hw-play");
    if (play === null) throw new Error("<hw-step> needs an <hw-play> inside it.");
    await play.opened;
    if (this.isConnected) this.#step ??= new LessonStep(this, play);
  }

  disconnectedCallback(): void {
    this.#step?.remove();
    this.#step = null;
  }
}
