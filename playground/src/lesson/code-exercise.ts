/** A step whose answer is code: its files, the check, and the solution to compare with. */

import type { HwPlayElement } from "../element/hw-play-element.ts";
import { getOwn } from "../get-own.ts";
import { saveCode, savedCode, savedValues } from "../progress/progress.ts";
import type { CheckView, FieldTexts, Files } from "../protocol.ts";
import type { Action, Exercise, ExerciseHost } from "./exercise.ts";
import { modulesOf } from "./modules.ts";
import type { CodeTask } from "./task.ts";

interface Answer {
  files: Files;
  fieldTexts: FieldTexts;
}

export class CodeExercise implements Exercise {
  readonly #name: string;
  readonly #task: CodeTask;
  readonly #play: HwPlayElement;
  readonly #host: ExerciseHost;
  /** The step's initial files; null until the player is open. */
  #initial: Files | null = null;
  /** The learner's answer while the editor shows the solution. */
  #ownAnswer: Answer | null = null;

  constructor(name: string, task: CodeTask, play: HwPlayElement, host: ExerciseHost) {
    this.#name = name;
    this.#task = task;
    this.#play = play;
    this.#host = host;
    void play.opened.then(() => this.#restore());
  }

  get actions(): readonly Action[] {
    const compare = { id: "compare", label: "Compare with the solution", run: () => void this.#compare() };
    const swap = {
      id: "swap",
      label: this.#ownAnswer === null ? "Use the solution" : "Back to my code",
      run: () => void this.#swap(),
    };
    return Object.keys(this.#task.solution).length === 0 ? [swap] : [compare, swap];
  }

  async check(): Promise<CheckView> {
    const { check, mutants } = this.#task;
    const initial = await this.#open();
    return await this.#play.check({ source: check, start: modulesOf(initial), ...(mutants.length > 0 && { mutants }) });
  }

  template(): null {
    return null;
  }

  /** Save the files that the learner changed, and the values that the learner entered. */
  save(): void {
    if (this.#initial === null) return;
    const initial = this.#initial;
    const { files, fieldTexts } = this.#ownAnswer ?? this.#play;
    const changed = Object.entries(files).filter(([name, text]) => getOwn(initial, name) !== text);
    if (changed.length > 0 || hasValues(fieldTexts) || savedCode(this.#name) !== null)
      saveCode(this.#name, Object.fromEntries(changed), fieldTexts);
  }

  close(): void {
    this.save();
    this.#initial = null;
  }

  /**
   * Restore the learner's saved code and values, if any, and show the first file that the solution changes. Return the step's initial
   * files.
   */
  #restore(): Files {
    if (this.#initial !== null) return this.#initial;
    this.#initial = this.#play.files;
    const saved = savedCode(this.#name);
    if (saved !== null) this.#play.files = { ...this.#initial, ...saved };
    const values = savedValues(this.#name);
    if (values !== null && hasValues(values)) this.#play.fieldTexts = values;
    this.#play.showOneOf(Object.keys(this.#task.solution));
    return this.#initial;
  }

  async #open(): Promise<Files> {
    await this.#play.open();
    return this.#restore();
  }

  async #compare(): Promise<void> {
    await this.#open();
    this.#play.compareWith("the solution", this.#task.solution);
  }

  async #swap(): Promise<void> {
    await this.#open();
    const { files, fieldTexts } = this.#play;
    const answer = this.#ownAnswer ?? {
      files: { ...files, ...this.#task.solution },
      fieldTexts: withValues(fieldTexts, this.#task.values),
    };
    this.#ownAnswer = this.#ownAnswer === null ? { files, fieldTexts } : null;
    this.#play.files = answer.files;
    this.#play.fieldTexts = answer.fieldTexts;
    this.#play.showOneOf(Object.keys(this.#task.solution));
    this.#host.answerChanged();
  }
}

/** Return the entered values, updated with the solution's values. */
function withValues(entered: FieldTexts, values: Partial<FieldTexts> = {}): FieldTexts {
  return {
    inputs: { ...entered.inputs, ...values.inputs },
    config: { ...entered.config, ...values.config },
    overrides: { ...entered.overrides, ...values.overrides },
  };
}

function hasValues(texts: FieldTexts): boolean {
  return Object.values(texts).some((values) => Object.keys(values).length > 0);
}
