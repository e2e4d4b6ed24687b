/** Scrolling to parts of a lesson, without animation for visitors who prefer reduced motion. */

/** Scroll an element to the top of the window, below the header. */
export function scrollToStart(element: Element, behavior = preferredBehavior()): void {
  element.scrollIntoView({ behavior });
}

/** Scroll only as far as needed. An element that is taller than the window is shown from its top. */
export function scrollToShow(element: Element): void {
  element.scrollIntoView({ block: "nearest", behavior: preferredBehavior() });
}

function preferredBehavior(): ScrollBehavior {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}
