/** Dialogs that have been shown and whose `close` event has not fired yet. */
const shown = new WeakSet<HTMLDialogElement>();

/**
 * Show a rendered dialog. Call this after each rendering.
 *
 * An open dialog stays open. A dialog that was just closed stays closed. Its `close` event fires in a later task, and reopening
 * the dialog before that event would make it flash.
 */
export function showModal(dialog: HTMLDialogElement): void {
  if (shown.has(dialog)) return;
  shown.add(dialog);
  // This listener runs before other listeners, which may reopen the dialog.
  dialog.addEventListener("close", () => shown.delete(dialog), { once: true, capture: true });
  dialog.showModal();
}
