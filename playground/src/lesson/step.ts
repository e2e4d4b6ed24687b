/** One step of a lesson while it is on the page: its hints one by one, its check, its solution. */

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
  /** The newest check: what an earlier one says is of other code. */
  #latest: Promise<CheckView> | null = null;
  readonly #initial: Files;
  readonly #leaving = new AbortController();
  /** The visitor's own code, while the solution stands in the editor. */
  #ownCode: Files | null = null;

  /** @throws Error where the step lacks its task */
  constructor(element: HTMLElement, play: HwPlayElement) {
    this.#play = play;
    this.#task = readTask(element);
    this.#name = element.getAttribute("name") ?? "";
    this.#hints = [...element.querySelectorAll<HTMLElement>("details.hint")];
    for (const hint of this.#hints) hint.hidden = true;
    this.#initial = play.files;
    const saved = savedCode(this.#name);
    if (saved !== null) play.files = { ...this.#initial, ...saved };
    addEventListener("pagehide", () => this.#saveCode(), { signal: this.#leaving.signal });
    this.#bar.className = "hw-step-bar";
    play.after(this.#bar);
    this.#render();
  }

  /** Leaves the page as it was before any script ran. */
  remove(): void {
    this.#saveCode();
    this.#leaving.abort();
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
        result.message ||= "That is it. This browser keeps no progress.";
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

  /** Puts the solution in the place of the visitor's own code, or that back. */
  #swap(): void {
    const { files } = this.#play;
    this.#play.files = this.#ownCode ?? { ...files, ...this.#task.solution };
    this.#ownCode = this.#ownCode === null ? files : null;
    this.#showResult(null);
  }

  /** Keeps what the visitor has otherwise than the step began with. */
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
