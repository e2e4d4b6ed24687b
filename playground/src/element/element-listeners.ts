/** What the visitor does with the element as a whole. */

export interface ElementListenersHost {
  element: HTMLElement;
  root: ShadowRoot;
  /** Whether the visitor used the element before anything could listen. */
  wasInUse: boolean;
  /** The visitor turns to the element. */
  wake(): void;
  run(): void;
}

/** @param leaving aborted once the element has left the page */
export function addElementListeners(
  { element, root, wasInUse, wake, run }: ElementListenersHost,
  leaving: AbortSignal,
): void {
  for (const sign of ["pointerenter", "focusin", "touchstart"]) {
    element.addEventListener(sign, wake, { once: true, passive: true, signal: leaving });
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
    { signal: leaving },
  );
}

/** Whether the pointer or the focus is in an element. */
export function isInUse(element: Element): boolean {
  return element.matches(":hover, :focus-within");
}
