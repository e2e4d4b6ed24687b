/** One step of a lesson on a page: its hints, its check, its result, and its progress. */

import { html, nothing, render } from "lit/html.js";
import { adoptStyles } from "../document-styles.ts";
import type { HwPlayElement } from "../element/hw-play-element.ts";
import { EDIT_EVENT, RESET_EVENT } from "../element/player-events.ts";
import { adoptFormer, markDone, stepStatus } from "../progress/progress.ts";
import type { CheckView } from "../protocol.ts";
import { barTemplate, isCheckKey } from "./bar.ts";
import { createExercise } from "./create-exercise.ts";
import type { Exercise } from "./exercise.ts";
import { type Checking, resultTemplate } from "./result.ts";
import { scrollToShow } from "./scroll.ts";
import styles from "./styles.ts?minified";
import { type LessonTask, readTask } from "./task.ts";

const UNSAVED = "Correct. This browser does not save your progress.";

export class LessonStep {
  readonly #element: HTMLElement;
  readonly #name: string;
  readonly #task: LessonTask;
  readonly #play: HwPlayElement | null;
  readonly #exercise: Exercise;
  readonly #hints: HTMLElement[];
  readonly #hintRegion = document.createElement("div");
  readonly #container = document.createElement("div");
  #shownHints = 0;
  #result: CheckView | Checking | null = null;
  #isEditedSinceCheck = false;
  /** The newest check. Results of earlier checks may be for a different answer, so they are ignored. */
  #latest: Promise<CheckView> | null = null;
  readonly #disconnectController = new AbortController();

  /** @throws Error if the step has no task, or no `<hw-play>` although its task needs one */
  constructor(element: HTMLElement) {
    adoptStyles(styles);
    this.#element = element;
    this.#task = readTask(element);
    this.#name = element.getAttribute("name") ?? "";
    if (this.#task.formerly !== undefined) adoptFormer(this.#name, this.#task.formerly);
    this.#play = element.querySelector<HwPlayElement>("hw-play");
    this.#hints = [...element.querySelectorAll<HTMLElement>("details.hint")];
    for (const hint of this.#hints) hint.hidden = true;
    this.#wrapHints();
    this.#exercise = createExercise(this.#name, this.#task, this.#play, {
      answerChanged: () => this.#forgetResult(),
      requestUpdate: () => this.#render(),
    });
    const { signal } = this.#disconnectController;
    addEventListener("pagehide", () => this.#exercise.save(), { signal });
    // Handle Check's shortcut before the player handles keys: without Shift, it is the player's shortcut for Run.
    element.addEventListener("keydown", (event) => this.#handleKey(event), { signal, capture: true });
    this.#play?.addEventListener(RESET_EVENT, () => this.#forgetResult(), { signal });
    this.#play?.addEventListener(EDIT_EVENT, () => this.#noteEdit(), { signal });
    this.#container.className = "hw-step-controls";
    this.#place();
    this.#render();
  }

  /** Restore the page to how it looks without scripts. */
  remove(): void {
    this.#disconnectController.abort();
    this.#exercise.save();
    this.#exercise.close();
    for (const hint of this.#hints) hint.hidden = false;
    this.#hintRegion.replaceWith(...this.#hintRegion.childNodes);
    this.#container.remove();
  }

  /** Move the hints to a live region: a screen reader announces a hint when its button reveals it. */
  #wrapHints(): void {
    this.#hints[0]?.before(this.#hintRegion);
    this.#hintRegion.setAttribute("aria-live", "polite");
    this.#hintRegion.append(...this.#hints);
  }

  /** Add the controls below the player. In a step without a player, the controls precede the hints. */
  #place(): void {
    if (this.#play !== null) this.#play.after(this.#container);
    else if (this.#hintRegion.isConnected) this.#hintRegion.before(this.#container);
    else this.#element.append(this.#container);
  }

  #handleKey(event: KeyboardEvent): void {
    if (!isCheckKey(event)) return;
    event.preventDefault();
    event.stopPropagation();
    void this.#check().then(() => this.#focusNext());
  }

  /** Focus the link to the next step after a check by keyboard has passed. Reaching it with Tab takes many presses. */
  #focusNext(): void {
    this.#container.querySelector<HTMLElement>(".hw-step-next > *")?.focus({ preventScroll: true });
  }

  async #check(): Promise<void> {
    const check = this.#exercise.check();
    this.#latest = check;
    this.#showResult({ waitingFor: null });
    let stopWatching = (): void => {};
    try {
      stopWatching = await this.#watchPython(check);
      const view = await check;
      if (check === this.#latest) this.#showResult(view.passed ? this.#pass(view) : view);
    } catch (error) {
      if (check === this.#latest) this.#showMessage(error);
    } finally {
      stopWatching();
    }
    if (check === this.#latest) this.#scrollToResult();
  }

  /** Show the progress of loading Python during a check. */
  async #watchPython(check: Promise<CheckView>): Promise<() => void> {
    if (this.#play === null || this.#task.kind === "choose") return () => {};
    await this.#play.opened;
    return this.#play.watchPython((waitingFor) => {
      if (check === this.#latest) this.#showResult({ waitingFor });
    });
  }

  /** Scroll to the result. On a phone, it is often below the visible area, so Check seems to have done nothing. */
  #scrollToResult(): void {
    const outcome = this.#container.querySelector(".hw-step-outcome");
    if (outcome !== null) scrollToShow(outcome);
  }

  /** Store the progress. If that fails and the result has no message, add a note. */
  #pass(view: CheckView): CheckView {
    return markDone(this.#name, this.#task.digest) ? view : { ...view, message: view.message || UNSAVED };
  }

  #hint(): void {
    const next = this.#hints[this.#shownHints];
    if (next === undefined) return;
    next.hidden = false;
    next.toggleAttribute("open", true);
    this.#shownHints += 1;
    this.#render();
    scrollToShow(next);
  }

  /** Run an action. If its button disappears, the focus moves to Check instead of to the start of the page. */
  #act(run: () => void): void {
    const hadFocus = this.#container.contains(document.activeElement);
    run();
    if (hadFocus && !this.#container.contains(document.activeElement))
      this.#container.querySelector<HTMLElement>(".md-button--primary")?.focus();
  }

  async #openInPlayground(play: HwPlayElement): Promise<void> {
    try {
      this.#exercise.save();
      location.assign(await play.link());
    } catch (error) {
      this.#showMessage(error);
    }
  }

  #forgetResult(): void {
    this.#latest = null;
    this.#showResult(null);
  }

  #noteEdit(): void {
    if (this.#result === null || this.#isEditedSinceCheck) return;
    this.#isEditedSinceCheck = true;
    this.#render();
  }

  #showMessage(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.#showResult({ passed: false, message, criteria: [] });
  }

  #showResult(result: CheckView | Checking | null): void {
    this.#result = result;
    this.#isEditedSinceCheck = false;
    this.#render();
  }

  #render(): void {
    const result = this.#result;
    const play = this.#play;
    const bar = barTemplate({
      status: stepStatus(this.#name, this.#task.digest),
      hints: { shown: this.#shownHints, all: this.#hints.length },
      actions: this.#exercise.actions.map(({ run, ...action }) => ({ ...action, run: () => this.#act(run) })),
      onCheck: () => void this.#check(),
      onHint: () => this.#hint(),
    });
    const outcome =
      result === null || "waitingFor" in result
        ? result
        : {
            view: result,
            isOutdated: this.#isEditedSinceCheck && !result.passed,
            matters: this.#task.matters,
            next: this.#task.next,
            onOpen: play === null ? null : () => void this.#openInPlayground(play),
          };
    render(html`${this.#exercise.template() ?? nothing}${bar}${resultTemplate(outcome)}`, this.#container);
  }
}
