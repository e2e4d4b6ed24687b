/** The keys that go to the next and the previous step: Shift with the theme's keys for lessons. */

import { goToStep, targetOf } from "./go-to-step.ts";

const DIRECTIONS: ReadonlyMap<string, 1 | -1> = new Map([
  ["N", 1],
  ["P", -1],
]);
const TYPING = "input, select, textarea, [contenteditable='true'], dialog";
/** A visitor who has not moved the focus is at the step whose heading is in the upper part of the window, or above it. */
const UPPER_PART = 0.35;

/** Handle the keys. Further calls have no effect. */
export function watchStepKeys(): void {
  addEventListener("keydown", handleKey);
}

/** Return the direction of a step key, or null for another key. */
export function directionOf(event: KeyboardEvent): 1 | -1 | null {
  const { key, shiftKey, ctrlKey, metaKey, altKey, isComposing } = event;
  if (!shiftKey || ctrlKey || metaKey || altKey || isComposing) return null;
  return DIRECTIONS.get(key) ?? null;
}

function handleKey(event: KeyboardEvent): void {
  const direction = directionOf(event);
  if (direction === null || event.defaultPrevented || isTyping(event)) return;
  const ids = [...document.querySelectorAll("article hw-step")].map(({ id }) => id);
  const targets = ids.map(targetOf).filter((target) => target !== null);
  const id = ids[targets.findLastIndex(hasBegun) + direction];
  if (id === undefined) return;
  event.preventDefault();
  goToStep(id);
}

function isTyping(event: KeyboardEvent): boolean {
  return event.composedPath().some((target) => target instanceof Element && target.matches(TYPING));
}

/** Return whether a step's heading has the focus or precedes it. If nothing has the focus, the heading's position counts. */
function hasBegun(heading: HTMLElement): boolean {
  const focused = document.activeElement;
  if (focused !== null && focused !== document.body)
    return focused === heading || (heading.compareDocumentPosition(focused) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  return heading.getBoundingClientRect().top < innerHeight * UPPER_PART;
}
