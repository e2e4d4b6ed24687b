/** Event listeners for the whole element: for its first use, and for Run's shortcut. */

export interface ElementListenersHost {
  element: HTMLElement;
  root: ShadowRoot;
  /** Whether the visitor used the element before the listeners were added. */
  wasInUse: boolean;
  /** Called when the visitor first uses the element. */
  wake(): void;
  run(): void;
}

/**
 * Listen for the first use and for the shortcut.
 *
 * @param disconnectSignal aborted once the element has left the page
 */
export function addElementListeners(
  { element, root, wasInUse, wake, run }: ElementListenersHost,
  disconnectSignal: AbortSignal,
): void {
  for (const eventName of ["pointerenter", "focusin", "click"]) {
    const wakeIfUsed = (event: Event): void => {
      if (!isTouchEntering(event)) wake();
    };
    element.addEventListener(eventName, wakeIfUsed, { passive: true, signal: disconnectSignal });
  }
  if (wasInUse || isInUse(element)) wake();
  root.addEventListener(
    "keydown",
    (event) => {
      const key = event as KeyboardEvent;
      if (key.key !== "Enter" || !(key.ctrlKey || key.metaKey) || key.defaultPrevented) return;
      key.preventDefault();
      run();
    },
    { signal: disconnectSignal },
  );
}

/** Return whether a finger touched the element, perhaps only to scroll the page. If the touch is a tap, a click follows. */
function isTouchEntering(event: Event): boolean {
  return event instanceof PointerEvent && event.type === "pointerenter" && event.pointerType === "touch";
}

/** Return whether a mouse is over an element, or the element has focus. */
export function isInUse(element: Element): boolean {
  const isPointed = element.matches(":hover") && matchMedia("(hover: hover)").matches;
  return isPointed || element.matches(":focus-within");
}
