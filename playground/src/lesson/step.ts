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
  readonly #stage = document.createElement("div");
  #shown = 0;
  #said: Bar["said"] = null;
  /** The newest check: what an earlier one says is of other code. */
  #latest: Promise<CheckView> | null = null;
  readonly #begun: Files;
  readonly #leaving = new AbortController();
  /** The visitor's own code, while the solution stands in the editor. */
  #own: Files | null = null;

  /** @throws Error where the step lacks its task */
  constructor(element: HTMLElement, play: HwPlayElement) {
    this.#play = play;
    this.#task = readTask(element);
    this.#name = element.getAttribute("name") ?? "";
    this.#hints = [...element.querySelectorAll<HTMLElement>("details.hint")];
    for (const hint of this.#hints) hint.hidden = true;
    this.#begun = play.files;
    const written = savedCode(this.#name);
    if (written !== null) play.files = { ...this.#begun, ...written };
    addEventListener("pagehide", () => this.#keep(), { signal: this.#leaving.signal });
    this.#stage.className = "hw-step-bar";
    play.after(this.#stage);
    this.#render();
  }

  /** Leaves the page as it was before any script ran. */
  remove(): void {
    this.#keep();
    this.#leaving.abort();
    for (const hint of this.#hints) hint.hidden = false;
    this.#stage.remove();
  }

  async #check(): Promise<void> {
    this.#say("checking");
    const asked = this.#play.check(this.#task.check);
    this.#latest = asked;
    try {
      const said = { ...(await asked) };
      if (asked !== this.#latest) return;
      if (said.passed && !markDone(this.#name, this.#task.digest))
        said.message ||= "That is it. This browser keeps no progress.";
      this.#say(said);
    } catch (error) {
      if (asked !== this.#latest) return;
      this.#say({ passed: false, message: error instanceof Error ? error.message : String(error) });
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
  #exchange(): void {
    const { files } = this.#play;
    this.#play.files = this.#own ?? { ...files, ...this.#task.solution };
    this.#own = this.#own === null ? files : null;
    this.#say(null);
  }

  /** Keeps what the visitor has otherwise than the step began with. */
  #keep(): void {
    const files = this.#own ?? this.#play.files;
    const written = Object.entries(files).filter(([name, text]) => getOwn(this.#begun, name) !== text);
    if (written.length > 0 || savedCode(this.#name) !== null) saveCode(this.#name, Object.fromEntries(written));
  }

  #say(said: Bar["said"]): void {
    this.#said = said;
    this.#render();
  }

  #render(): void {
    const bar: Bar = {
      standing: stepStatus(this.#name, this.#task.digest),
      said: this.#said,
      hints: { shown: this.#shown, all: this.#hints.length },
      solved: this.#own !== null,
      onCheck: () => void this.#check(),
      onHint: () => this.#hint(),
      onCompare: () => this.#play.compareWith("the solution", this.#task.solution),
      onExchange: () => this.#exchange(),
    };
    render(barTemplate(bar), this.#stage);
  }
}
