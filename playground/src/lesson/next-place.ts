/** The place after a step: the next step on the page, or the next lesson. */

import type { NextPlace } from "./result.ts";

const HEADINGS = "h1, h2, h3, h4";

/** Return the place after a step; null after the last step of the last lesson. */
export function nextPlace(step: Element): NextPlace | null {
  if (nextStep(step) !== null) return { label: "Next step", href: null };
  const link = document.querySelector<HTMLAnchorElement>(".hw-lesson-nav a[rel=next]");
  return link === null ? null : { label: `Next lesson: ${link.dataset["title"] ?? ""}`, href: link.href };
}

/** Scroll to the next step, and move the focus to its heading. */
export function goToNextStep(step: Element): void {
  const next = nextStep(step);
  if (next === null) return;
  const heading = headingOf(next);
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  heading.scrollIntoView({ behavior: prefersReducedMotion() ? "auto" : "smooth" });
}

function nextStep(step: Element): Element | null {
  const steps = [...document.querySelectorAll("hw-step")];
  return steps[steps.indexOf(step) + 1] ?? null;
}

/** Return the heading before a step, or the step itself. */
function headingOf(step: Element): HTMLElement {
  let element = step.previousElementSibling;
  while (element !== null && !element.matches("hw-step")) {
    if (element.matches(HEADINGS)) return element as HTMLElement;
    element = element.previousElementSibling;
  }
  return step as HTMLElement;
}

function prefersReducedMotion(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
