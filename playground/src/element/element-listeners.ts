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
  for (const eventName of ["pointerenter", "focusin", "touchstart"]) {
    element.addEventListener(eventName, wake, { once: true, passive: true, signal: disconnectSignal });
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

/** Return whether the pointer is over an element, or the element has focus. */
export function isInUse(element: Element): boolean {
  return element.matches(":hover, :focus-within");
}
