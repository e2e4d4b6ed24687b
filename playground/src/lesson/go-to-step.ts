/** Going to another step on the page. A link would make the theme load the page again, which loses unsaved answers. */

import { scrollToStart } from "./scroll.ts";

const HEADINGS = "h1, h2, h3, h4";

/** Scroll to a step, and move the focus to its heading. */
export function goToStep(id: string, behavior?: ScrollBehavior): void {
  const step = document.getElementById(id);
  if (step === null) return;
  const target = headingOf(step) ?? step;
  target.tabIndex = -1;
  target.focus({ preventScroll: true });
  scrollToStart(target, behavior);
}

/** Return the nearest heading before a step; null if there is none after the previous step. */
function headingOf(step: Element): HTMLElement | null {
  let element = step.previousElementSibling;
  while (element !== null && !element.matches(`hw-step, ${HEADINGS}`)) element = element.previousElementSibling;
  return element?.matches(HEADINGS) ? (element as HTMLElement) : null;
}
