/** Moves to another step on the page. A link would make the theme reload the page, which would lose unsaved answers. */

import { scrollToStart } from "./scroll.ts";

const HEADINGS = "h1, h2, h3, h4";

/** Scroll to a step, and move the focus to its heading. */
export function goToStep(id: string): void {
  focusStep(id);
  scrollToStep(id);
}

/** Move the focus to the heading of a step, or to the element with an id, without scrolling. */
export function focusStep(id: string): void {
  const target = targetOf(id);
  if (target === null) return;
  target.tabIndex = -1;
  target.focus({ preventScroll: true });
}

export function scrollToStep(id: string, behavior?: ScrollBehavior): void {
  const target = targetOf(id);
  if (target !== null) scrollToStart(target, behavior);
}

/** Return the element with an id. For a step, return its heading, if it has one. */
export function targetOf(id: string): HTMLElement | null {
  const element = document.getElementById(id);
  return element?.matches("hw-step") ? (headingOf(element) ?? element) : element;
}

/** Return the nearest heading before a step; null if there is none after the previous step. */
function headingOf(step: Element): HTMLElement | null {
  let element = step.previousElementSibling;
  while (element !== null && !element.matches(`hw-step, ${HEADINGS}`)) element = element.previousElementSibling;
  return element?.matches(HEADINGS) ? (element as HTMLElement) : null;
}
