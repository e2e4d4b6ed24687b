/** Files that are dropped onto the element. The editor would write their text into the code: it is not asked. */

export function takeDrops(element: HTMLElement, take: (files: readonly File[]) => void, signal: AbortSignal): void {
  const options = { capture: true, signal };
  const over = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    event.stopPropagation();
    element.toggleAttribute("dropping", event.type !== "drop");
    if (event.type === "drop") take([...event.dataTransfer.files]);
  };
  element.addEventListener("dragenter", over, options);
  element.addEventListener("dragover", over, options);
  element.addEventListener("drop", over, options);
  element.addEventListener(
    "dragleave",
    (event) => {
      const isWithin = event.relatedTarget instanceof Node && element.contains(event.relatedTarget);
      if (!isWithin) element.removeAttribute("dropping");
    },
    options,
  );
}
