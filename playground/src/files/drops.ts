/**
 * Files that are dropped onto the element. The editor would write their text into the code: it is not asked. While files are
 * dragged over the page, the element says where they can be dropped, and what it is that takes them.
 */

/** `page` while files are dragged over the page, `here` while they are over the element. */
const STATE = "dragging";

export function handleDrops(element: HTMLElement, take: (files: readonly File[]) => void, signal: AbortSignal): void {
  const options = { capture: true, signal };
  const over = (event: DragEvent): void => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.type === "drop") element.removeAttribute(STATE);
    else element.setAttribute(STATE, "here");
    if (event.type === "drop") take([...(event.dataTransfer?.files ?? [])]);
  };
  element.addEventListener("dragenter", over, options);
  element.addEventListener("dragover", over, options);
  element.addEventListener("drop", over, options);
  element.addEventListener(
    "dragleave",
    (event) => {
      if (!isWithin(element, event.relatedTarget)) element.setAttribute(STATE, "page");
    },
    options,
  );
  addEventListener(
    "dragenter",
    (event) => {
      if (hasFiles(event) && !element.hasAttribute(STATE)) element.setAttribute(STATE, "page");
    },
    options,
  );
  const end = (): void => element.removeAttribute(STATE);
  // Not in the capture phase: the element's own listener comes first.
  addEventListener("dragleave", ({ relatedTarget }) => relatedTarget === null && end(), { signal });
  addEventListener("drop", end, options);
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes("Files") ?? false;
}

function isWithin(element: HTMLElement, target: EventTarget | null): boolean {
  return target instanceof Node && element.contains(target);
}
