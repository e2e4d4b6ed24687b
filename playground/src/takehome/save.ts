/** Saves something as a file, as a click on a link to it would. */

export function save(name: string, content: string | Uint8Array<ArrayBuffer> | Blob, type = "text/plain"): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  link.download = name;
  link.click();
  // The browser has taken hold of the file once this task is over.
  setTimeout(() => URL.revokeObjectURL(link.href), 0);
}
