/**
 * Files dropped onto the element. The editor would insert their text into the code, so its handler is bypassed. While files
 * are dragged over the page, the element shows where they can be dropped.
 */

/**
 * The name of the attribute that is `here` while files are dragged over the element, and `page` while they are elsewhere on the
 * page.
 */
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
  // These listeners do not use the capture phase, so that the element's listener runs first.
  addEventListener("dragleave", ({ relatedTarget }) => relatedTarget === null && end(), { signal });
  addEventListener("drop", end, options);
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes("Files") ?? false;
}

function isWithin(element: HTMLElement, target: EventTarget | null): boolean {
  return target instanceof Node && element.contains(target);
}
