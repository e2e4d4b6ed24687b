/** `<hw-step>`: a step of a lesson, around a text and an `<hw-play>`. What it is made of is loaded where there is one. */

import type { HwPlayElement } from "../element/hw-play-element.ts";
import type { LessonStep } from "./step.ts";

export class HwStepElement extends HTMLElement {
  #step: LessonStep | null = null;

  async connectedCallback(): Promise<void> {
    const { LessonStep } = await import("./step.ts");
    const play = this.querySelector<HwPlayElement>("hw-play");
    if (play === null) throw new Error("A step needs an editor: an <hw-play> in its <hw-step>.");
    await play.opened;
    if (this.isConnected) this.#step ??= new Step(this, play);
  }

  disconnectedCallback(): void {
    this.#step?.remove();
    this.#step = null;
  }
}
