/** A step whose answer is a set of nodes, clicked in the graph or selected with a selector. */

import { html, type TemplateResult } from "lit/html.js";
import type { HwPlayElement } from "../element/hw-play-element.ts";
import type { CheckView } from "../protocol.ts";
import type { Action, Exercise, ExerciseHost } from "./exercise.ts";
import { modulesOf } from "./modules.ts";
import { NodePicks } from "./node-picks.ts";
import type { SelectTask } from "./task.ts";

export class SelectExercise implements Exercise {
  readonly #task: SelectTask;
  readonly #play: HwPlayElement;
  readonly #picks: NodePicks;

  constructor(name: string, task: SelectTask, play: HwPlayElement, host: ExerciseHost) {
    this.#task = task;
    this.#play = play;
    this.#picks = new NodePicks(name, play, () => host.answerChanged());
  }

  get actions(): readonly Action[] {
    const clear = { id: "clear", label: "Clear", run: () => this.#picks.clear() };
    const show = { id: "show", label: "Show the answer", run: () => this.#picks.show(this.#task.answer) };
    return this.#picks.names.length === 0 ? [show] : [show, clear];
  }

  async check(): Promise<CheckView> {
    await this.#play.open();
    const params = { source: this.#task.check, start: modulesOf(this.#play.files), selected: [...this.#picks.names] };
    const view = await this.#play.check(params);
    if (view.passed) this.#picks.reveal(this.#task.answer);
    return view;
  }

  template(): TemplateResult {
    return html`<p class="hw-step-how">
        Tap or click nodes in the graph, or move with the arrow keys and press Space. Or type a selector into the <strong>Select</strong> box.
      </p>
      ${this.#picks.template("selected")}`;
  }

  save(): void {}

  close(): void {
    this.#picks.close();
  }
}
