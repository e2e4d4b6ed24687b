/** The dialog that asks for confirmation before progress is deleted. */

import { html, render } from "lit/html.js";

export class ResetDialog {
  readonly #dialog = document.createElement("dialog");

  constructor(parent: HTMLElement, onReset: () => void) {
    this.#dialog.className = "hw-course-dialog";
    this.#dialog.setAttribute("aria-labelledby", "hw-course-reset");
    this.#dialog.addEventListener("close", () => {
      if (this.#dialog.returnValue === "reset") onReset();
    });
    parent.append(this.#dialog);
    render(
      html`<form method="dialog">
        <h2 id="hw-course-reset">Reset the course?</h2>
        <p>This deletes your progress, your code and your answers in every step of this course from this browser. This cannot be undone. To keep a copy, save your progress to a file first.</p>
        <p class="hw-course-tools">
          <button class="md-button" value="cancel" autofocus>Cancel</button>
          <button class="md-button hw-danger" value="reset">Delete my progress</button>
        </p>
      </form>`,
      this.#dialog,
    );
  }

  open(): void {
    this.#dialog.returnValue = "";
    this.#dialog.showModal();
  }

  remove(): void {
    this.#dialog.remove();
  }
}
