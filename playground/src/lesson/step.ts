/** One step of a lesson on a page: its hints, its check, its solution. */

import { render } from "lit";
import type { HwPlayElement } from "../element/hw-play-element.ts";
import { getOwn } from "../get-own.ts";
import type { CheckView, Files } from "../protocol.ts";
import { type Bar, barTemplate } from "./bar.ts";
import { markDone, saveCode, savedCode, stepStatus } from "./progress.ts";
import { type LessonTask, readTask } from "./task.ts";

export class LessonStep {
  readonly #name: string;
  readonly #task: LessonTask;
  readonly #play: HwPlayElement;
  readonly #hints: HTMLElement[];
  readonly #bar = document.createElement("div");
  #shown = 0;
  #result: Bar["result"] = null;
  /** The newest check. Results of earlier checks are for other code and are ignored. */
  #latest: Promise<CheckView> | null = null;
  readonly #initial: Files;
  readonly #disconnectController = new AbortController();
  /** The visitor's code while the editor shows the solution. */
  #ownCode: Files | null = null;

  /** @throws Error if the step has no task */
  constructor(element: HTMLElement, play: HwPlayElement) {
    this.#play = play;
    this.#task = readTask(element);
    this.#name = element.getAttribute("name") ?? "";
    this.#hints = [...element.querySelectorAll<HTMLElement>("details.hint")];
    for (const hint of this.#hints) hint.hidden = true;
    this.#initial = play.files;
    const saved = savedCode(this.#name);
    if (saved !== null) play.files = { ...this.#initial, ...saved };
    addEventListener("pagehide", () => this.#saveCode(), { signal: this.#disconnectController.signal });
    this.#bar.className = "hw-step-bar";
    play.after(this.#bar);
    this.#render();
  }

  /** Restore the page to the state that it has without scripts. */
  remove(): void {
    this.#saveCode();
    this.#disconnectController.abort();
    for (const hint of this.#hints) hint.hidden = false;
    this.#bar.remove();
  }

  async #check(): Promise<void> {
    this.#showResult("checking");
    const check = this.#play.check(this.#task.check);
    this.#latest = check;
    try {
      const result = { ...(await check) };
      if (check !== this.#latest) return;
      if (result.passed && !markDone(this.#name, this.#task.digest))
        result.message ||= "Correct. This browser does not save your progress.";
      this.#showResult(result);
    } catch (error) {
      if (check !== this.#latest) return;
      this.#showResult({ passed: false, message: error instanceof Error ? error.message : String(error) });
    }
  }

  #hint(): void {
    const next = this.#hints[this.#shown];
    if (next === undefined) return;
    next.hidden = false;
    next.toggleAttribute("open", true);
    this.#shown += 1;
    this.#render();
  }

  /** Swap the visitor's code and the solution. */
  #swap(): void {
    const { files } = this.#play;
    this.#play.files = this.#ownCode ?? { ...files, ...this.#task.solution };
    this.#ownCode = this.#ownCode === null ? files : null;
    this.#showResult(null);
  }

  /** Save the files that the visitor changed. */
  #saveCode(): void {
    const files = this.#ownCode ?? this.#play.files;
    const changed = Object.entries(files).filter(([name, text]) => getOwn(this.#initial, name) !== text);
    if (changed.length > 0 || savedCode(this.#name) !== null) saveCode(this.#name, Object.fromEntries(changed));
  }

  #showResult(result: Bar["result"]): void {
    this.#result = result;
    this.#render();
  }

  #render(): void {
    const bar: Bar = {
      status: stepStatus(this.#name, this.#task.digest),
      result: this.#result,
      hints: { shown: this.#shown, all: this.#hints.length },
      showsSolution: this.#ownCode !== null,
      onCheck: () => void this.#check(),
      onHint: () => this.#hint(),
      onCompare: () => this.#play.compareWith("the solution", this.#task.solution),
      onSwap: () => this.#swap(),
    };
    render(barTemplate(bar), this.#bar);
  }
}
