/**
 * Scrolls to the target of a fragment when a visitor opens a URL. The browser itself scrolls to the target too early:
 * afterwards, the steps above it hide their hints and add their controls, which moves the target.
 */

import { targetOf } from "./go-to-step.ts";
import { scrollToStart } from "./scroll.ts";

/** The page may still grow for this long, for example until Python is ready. */
const SETTLING_MS = 10_000;
/** Input that may scroll the page, or that shows that the visitor has begun to read. */
const INPUT_EVENTS = ["wheel", "touchmove", "pointerdown", "keydown"];

/** Keep the target of a fragment at the top of the window until the visitor scrolls. For a step, the target is its heading. */
export function landAt(hash: string): void {
  const target = targetOf(hash.slice(1));
  if (target === null) return;
  const observer = new ResizeObserver(() => scrollToStart(target, "instant"));
  const stop = (): void => {
    observer.disconnect();
    clearTimeout(timer);
    for (const eventName of INPUT_EVENTS) removeEventListener(eventName, stop, true);
  };
  const timer = setTimeout(stop, SETTLING_MS);
  for (const eventName of INPUT_EVENTS) addEventListener(eventName, stop, { capture: true, passive: true });
  observer.observe(document.body);
}
