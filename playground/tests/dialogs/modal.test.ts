import { expect, test } from "vitest";
import { showModal } from "../../src/dialogs/modal.ts";

/** The parts of a dialog that the code under test uses. Tests fire its `close` event themselves. */
class FakeDialog extends EventTarget {
  timesShown = 0;

  showModal(): void {
    this.timesShown += 1;
  }

  tellClosed(): void {
    this.dispatchEvent(new Event("close"));
  }
}

function rendered(dialog: FakeDialog): void {
  showModal(dialog as unknown as HTMLDialogElement);
}

test("a dialog is shown by its first rendering, and again only after its close event", () => {
  const dialog = new FakeDialog();
  rendered(dialog);
  rendered(dialog);
  expect(dialog.timesShown).toBe(1);
  dialog.tellClosed();
  rendered(dialog);
  expect(dialog.timesShown).toBe(2);
});
