/** Downloads: save content as a file, as a download link does. */

/** A file name without path separators, and without invisible or misleading characters. */
const PLAIN_NAME = /^[A-Za-z0-9_][A-Za-z0-9_-]*\.[a-z]{2,4}$/;

export function save(name: string, content: string | Uint8Array<ArrayBuffer> | Blob, type = "text/plain"): void {
  if (!PLAIN_NAME.test(name)) throw new Error(`Not a plain file name: ${name}`);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  link.download = name;
  link.click();
  // Revoke the URL in a later task, because the download starts at the end of this task.
  setTimeout(() => URL.revokeObjectURL(link.href), 0);
}
