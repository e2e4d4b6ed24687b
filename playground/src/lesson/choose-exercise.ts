/** A step that asks a multiple-choice question. It is checked without Python. */

import { html, type TemplateResult } from "lit/html.js";
import { renderCode } from "../inline-code.ts";
import { saveAnswer, savedAnswer } from "../progress/progress.ts";
import type { CheckView } from "../protocol.ts";
import type { Action, Exercise, ExerciseHost } from "./exercise.ts";
import type { ChooseTask } from "./task.ts";

export class ChooseExercise implements Exercise {
  readonly actions: readonly Action[] = [];
  /** The name of the step, which is also the name of its group of radio buttons. */
  readonly #name: string;
  readonly #task: ChooseTask;
  readonly #host: ExerciseHost;
  #chosen: ReadonlySet<number>;

  constructor(name: string, task: ChooseTask, host: ExerciseHost) {
    this.#name = name;
    this.#task = task;
    this.#host = host;
    this.#chosen = chosenIn(task, savedAnswer(name));
  }

  async check(): Promise<CheckView> {
    return checkChoices(this.#task, this.#chosen);
  }

  template(): TemplateResult {
    const { question, choices } = this.#task;
    return html`<fieldset class="hw-step-choices">
      <legend>${renderCode(question)}</legend>
      ${choices.map(
        ({ text }, index) => html`<label>
          <input
            type=${allowsSeveral(this.#task) ? "checkbox" : "radio"}
            name=${this.#name}
            .checked=${this.#chosen.has(index)}
            @change=${(event: Event) => this.#choose(index, (event.target as HTMLInputElement).checked)}
          />
          <span>${renderCode(text)}</span>
        </label>`,
      )}
    </fieldset>`;
  }

  save(): void {}

  close(): void {}

  #choose(index: number, isChosen: boolean): void {
    const chosen = new Set(allowsSeveral(this.#task) ? this.#chosen : []);
    if (isChosen) chosen.add(index);
    else chosen.delete(index);
    this.#chosen = chosen;
    saveAnswer(this.#name, textsOf(this.#task, chosen));
    this.#host.answerChanged();
  }
}

/** Return the indices of the choices with these texts. Texts of earlier versions of the step are ignored. */
export function chosenIn({ choices }: ChooseTask, texts: readonly string[]): ReadonlySet<number> {
  return new Set(choices.flatMap(({ text }, index) => (texts.includes(text) ? [index] : [])));
}

function textsOf({ choices }: ChooseTask, chosen: ReadonlySet<number>): string[] {
  return choices.filter((_, index) => chosen.has(index)).map(({ text }) => text);
}

function allowsSeveral({ choices }: ChooseTask): boolean {
  return choices.filter(({ correct }) => correct).length > 1;
}

/**
 * Check that exactly the correct choices are chosen. The message explains the wrong choices or, if there are none, the correct
 * ones.
 */
export function checkChoices(task: ChooseTask, chosen: ReadonlySet<number>): CheckView {
  const result = (passed: boolean, message: string): CheckView => ({ passed, message, criteria: [] });
  if (chosen.size === 0) return result(false, "Choose an answer first.");
  const picked = task.choices.filter((_, index) => chosen.has(index));
  const wrong = picked.filter(({ correct }) => !correct);
  if (wrong.length > 0) return result(false, reasonsOf(wrong));
  const isComplete = task.choices.every(({ correct }, index) => !correct || chosen.has(index));
  return isComplete
    ? result(true, `Correct. ${reasonsOf(picked)}`)
    : result(false, `${reasonsOf(picked)} Another answer is correct too.`);
}

function reasonsOf(choices: ChooseTask["choices"]): string {
  return choices.map(({ reason }) => reason).join(" ");
}
