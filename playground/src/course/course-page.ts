/** The interactive parts of the course page: ticks, a link to continue, and buttons to save, load and reset progress. */

import { html, nothing, render, type TemplateResult } from "lit/html.js";
import { adoptStyles } from "../document-styles.ts";
import { save } from "../export/save.ts";
import { addProgress, allProgress, forgetProgress, watchProgress } from "../progress/progress.ts";
import { BadProgressFile, FILE_NAME, progressFile, readProgressFile } from "../progress/progress-file.ts";
import { type LessonEntry, readLessons, type StepEntry, statusOf, stepToContinue } from "./entries.ts";
import { loadedText } from "./loaded-text.ts";
import { ResetDialog } from "./reset-dialog.ts";
import styles from "./styles.ts?minified";
import { removeTicks, showTicks } from "./ticks.ts";

const BLOCKED = "This browser does not store progress for this site.";
const NOT_STORED = "Nothing was loaded: this browser could not store the progress.";

export class CoursePage {
  readonly #lessons: LessonEntry[];
  readonly #bar = document.createElement("div");
  readonly #dialog: ResetDialog;
  readonly #disconnectController = new AbortController();
  /** The message about the latest action. */
  #message = "";

  constructor(element: HTMLElement) {
    adoptStyles(styles);
    this.#lessons = readLessons(element);
    this.#dialog = new ResetDialog(element, () => this.#reset());
    this.#bar.className = "hw-course-bar";
    element.prepend(this.#bar);
    watchProgress(() => this.#update(), this.#disconnectController.signal);
    this.#update();
  }

  /** Restore the page to how it looks without scripts. */
  remove(): void {
    this.#disconnectController.abort();
    this.#dialog.remove();
    this.#bar.remove();
    removeTicks(this.#lessons);
  }

  get #steps(): StepEntry[] {
    return this.#lessons.flatMap((lesson) => lesson.steps);
  }

  #update(message = ""): void {
    this.#message = message;
    showTicks(this.#lessons);
    render(this.#template(), this.#bar);
  }

  #template(): TemplateResult {
    const steps = this.#steps;
    const done = steps.filter((step) => statusOf(step) !== "open").length;
    const hasProgress = Object.keys(allProgress()).length > 0;
    return html`<p class="hw-course-count">
        <progress max=${Math.max(1, steps.length)} .value=${done} aria-label="Steps done"></progress>
        <span>${done} of ${steps.length} steps done</span>
      </p>
      ${this.#continueTemplate(done === steps.length && done > 0)}
      <p class="hw-course-tools" role="group" aria-label="Progress">
        <button class="md-button" ?disabled=${!hasProgress} @click=${() => this.#save()}>Save progress to a file</button>
        <button class="md-button" @click=${() => this.#load()}>Load from a file</button>
        <button class="md-button" ?disabled=${!hasProgress} @click=${() => this.#dialog.open()}>Reset</button>
      </p>
      <p class="hw-course-message" role="status">${this.#message}</p>`;
  }

  #continueTemplate(isOver: boolean): TemplateResult | typeof nothing {
    if (isOver) return html`<p class="hw-course-continue">You have completed the course.</p>`;
    const step = stepToContinue(this.#lessons);
    if (step !== null) {
      const lesson = this.#lessons.find(({ steps }) => steps.includes(step));
      return html`<p class="hw-course-continue">
        <a class="md-button md-button--primary" href=${step.link.href}>Continue where you left off</a>
        <span>${lesson?.title}: ${step.link.textContent}</span>
      </p>`;
    }
    const [first] = this.#lessons;
    if (first === undefined) return nothing;
    // Link to the lesson rather than to its first step: the lesson's introduction explains what a dataflow is.
    return html`<p class="hw-course-continue">
      <a class="md-button md-button--primary" href=${first.url}>Start the course</a>
    </p>`;
  }

  #save(): void {
    save(FILE_NAME, progressFile(allProgress(), new Date()), "application/json");
    this.#update(`The progress was saved as ${FILE_NAME}.`);
  }

  #load(): void {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = ".json,application/json";
    input.addEventListener("change", () => {
      const [file] = input.files ?? [];
      if (file !== undefined) void this.#loadFile(file);
    });
    input.click();
  }

  async #loadFile(file: File): Promise<void> {
    try {
      const merge = addProgress(await readProgressFile(file));
      this.#update(merge === null ? NOT_STORED : loadedText(file.name, merge));
    } catch (error) {
      const reason = error instanceof BadProgressFile ? error.message : `It could not be read: ${error}`;
      this.#update(`${file.name} was not loaded. ${reason} Your progress has not changed.`);
    }
  }

  #reset(): void {
    const isForgotten = forgetProgress(this.#steps.map(({ name }) => name));
    this.#update(isForgotten ? "Your progress, your code and your answers in this course were deleted." : BLOCKED);
  }
}
