/** The marks in the list of lessons: the status of each step, and the number of steps that are done in each lesson. */

import type { StepStatus } from "../progress/progress.ts";
import { type LessonEntry, type StepEntry, statusOf } from "./entries.ts";

const STATUSES: Record<StepStatus, [mark: string, words: string]> = {
  open: ["○", "To do"],
  done: ["✓", "Done"],
  stale: ["↻", "Done, but this step has changed since"],
};

export function showTicks(lessons: readonly LessonEntry[]): void {
  for (const lesson of lessons) {
    for (const step of lesson.steps) showTick(step);
    const done = lesson.steps.filter((step) => statusOf(step) !== "open").length;
    const count = part(lesson.item.querySelector(".hw-lesson-facts") ?? lesson.item, "hw-lesson-done");
    count.textContent = `${done} of ${lesson.steps.length} done`;
    lesson.item.toggleAttribute("data-done", done === lesson.steps.length && done > 0);
  }
}

export function removeTicks(lessons: readonly LessonEntry[]): void {
  for (const { item } of lessons) {
    item.removeAttribute("data-done");
    for (const mark of item.querySelectorAll(".hw-tick, .hw-lesson-done")) mark.remove();
  }
}

function showTick(step: StepEntry): void {
  const status = statusOf(step);
  const [mark, words] = STATUSES[status];
  const tick = part(step.item, "hw-tick", true);
  tick.dataset["status"] = status;
  tick.replaceChildren(span(mark, { "aria-hidden": "true" }), span(`${words}: `, { class: "hw-unseen" }));
}

/** Return the child with this class. Add the child if it is missing. */
function part(parent: Element, name: string, first = false): HTMLElement {
  const found = parent.querySelector<HTMLElement>(`:scope > .${name}`);
  if (found !== null) return found;
  const added = span("", { class: name });
  if (first) parent.prepend(added);
  else parent.append(added);
  return added;
}

function span(text: string, attributes: Record<string, string>): HTMLElement {
  const element = document.createElement("span");
  element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
