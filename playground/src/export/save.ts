/** Saves something as a file, as a click on a link to it would. */

/** What the page itself calls a file: no character that is invisible, looks like another one, or means a folder. */
const PLAIN_NAME = /^[A-Za-z0-9_][A-Za-z0-9_-]*\.[a-z]{2,4}$/;

export function save(name: string, content: string | Uint8Array<ArrayBuffer> | Blob, type = "text/plain"): void {
  if (!PLAIN_NAME.test(name)) throw new Error("A file that is saved has a plain name.");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  link.download = name;
  link.click();
  // The browser has taken hold of the file once this task is over.
  setTimeout(() => URL.revokeObjectURL(link.href), 0);
}
