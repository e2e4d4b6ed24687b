/**
 * A step that asks which nodes will rerun after an edit. Check applies the edit, runs the code, and compares the prediction
 * with the nodes that ran.
 */

import { html, type nothing, type TemplateResult } from "lit/html.js";
import type { HwPlayElement } from "../element/hw-play-element.ts";
import type { CheckView, Files } from "../protocol.ts";
import { type EditedLines, editedLines } from "./edit-lines.ts";
import type { Action, Exercise, ExerciseHost } from "./exercise.ts";
import { modulesOf } from "./modules.ts";
import { NodePicks } from "./node-picks.ts";
import type { PredictTask } from "./task.ts";

/** Without a prediction, the code does not run, because a run would reveal the answer. */
const NOTHING_PREDICTED: CheckView = {
  passed: false,
  message: "No nodes are selected. Select the nodes that will rerun, then check again.",
  criteria: [],
};

/** The result of a check during which the prediction was changed. It is not shown. */
const OUTDATED: CheckView = { passed: false, message: "", criteria: [] };

export class PredictExercise implements Exercise {
  readonly #task: PredictTask;
  readonly #play: HwPlayElement;
  readonly #picks: NodePicks;
  /** The step's files; null until the player is open. */
  #initial: Files | null = null;
  #isEdited = false;
  /** The number of changes to the prediction. A check stops if the prediction has changed since the check began. */
  #version = 0;

  constructor(name: string, task: PredictTask, play: HwPlayElement, host: ExerciseHost) {
    this.#task = task;
    this.#play = play;
    this.#picks = new NodePicks(name, play, () => {
      this.#version += 1;
      this.#undoEdit();
      host.answerChanged();
    });
    void play.opened.then(() => {
      this.#initial = play.files;
      host.requestUpdate();
    });
  }

  get actions(): readonly Action[] {
    const retry = { id: "retry", label: "Try again", run: () => this.#picks.hideAnswer() };
    const clear = { id: "clear", label: "Clear", run: () => this.#picks.clear() };
    return [...(this.#isEdited ? [retry] : []), ...(this.#picks.names.length > 0 ? [clear] : [])];
  }

  /** Run the code first without and then with the edit, so that the second run computes only what the edit affects. */
  async check(): Promise<CheckView> {
    await this.#play.open();
    const start = this.#initial ?? this.#play.files;
    if (isUnanswered(this.#task, this.#picks.names)) return NOTHING_PREDICTED;
    const [selected, version] = [[...this.#picks.names], this.#version];
    this.#undoEdit();
    await this.#play.catchUp();
    if (version !== this.#version) return OUTDATED;
    this.#isEdited = true;
    this.#play.files = { ...start, ...this.#task.edit };
    const view = await this.#play.check({ source: this.#task.check, start: modulesOf(start), selected });
    if (version === this.#version) this.#picks.reveal(this.#task.answer);
    return view;
  }

  template(): TemplateResult {
    const lines = this.#initial === null ? [] : editedLines(this.#initial, this.#task.edit);
    return html`${lines.map(editTemplate)}
      <p class="hw-step-how">
        ${
          this.#isEdited
            ? "The edit has been applied. The graph shows which nodes ran, and marks your prediction."
            : "Select the nodes in the graph that will rerun after this edit: tap or click them, or move with the arrow keys and press Space. Check applies the edit and runs the code."
        }
      </p>
      ${this.#picks.template("predicted")}`;
  }

  save(): void {}

  close(): void {
    this.#picks.close();
  }

  #undoEdit(): void {
    if (!this.#isEdited || this.#initial === null) return;
    this.#isEdited = false;
    this.#play.files = this.#initial;
  }
}

/** Return whether the learner has not answered yet. An empty prediction can be the answer, if the edit reruns nothing. */
export function isUnanswered({ answer }: PredictTask, picked: readonly string[]): boolean {
  return picked.length === 0 && answer.length > 0;
}

function editTemplate({ file, line, removed, added }: EditedLines): TemplateResult {
  return html`<figure class="hw-step-edit">
    <figcaption>The edit: <code>${file}</code>, line ${line}</figcaption>
    <pre>${removed.map((text) => lineTemplate("−", "Before: ", text))}${added.map((text) => lineTemplate("+", "After: ", text))}</pre>
  </figure>`;
}

/** A screen reader reads words instead of the sign. */
function lineTemplate(sign: string, words: string, text: string): TemplateResult | typeof nothing {
  return html`<span class=${sign === "+" ? "added" : "removed"}><span aria-hidden="true">${sign} </span><span class="hw-unseen">${words}</span>${text}\n</span>`;
}
