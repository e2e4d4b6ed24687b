/** Dialogs between the call that shows them and the `close` event that follows once they are closed. */
const shown = new WeakSet<HTMLDialogElement>();

/**
 * Shows a dialog that has been rendered. To be called after each rendering: a dialog that is shown stays as it is, and so does
 * one that was closed just now, which the browser tells only in a later task. Shown again, it would come back for a moment.
 */
export function showModal(dialog: HTMLDialogElement): void {
  if (shown.has(dialog)) return;
  shown.add(dialog);
  // Before all other listeners: one of them may open the dialog again.
  dialog.addEventListener("close", () => shown.delete(dialog), { once: true, capture: true });
  dialog.showModal();
}
