/** `<hw-course>`: the list of lessons, which works without scripts. The code that shows progress is loaded on demand. */

import type { CoursePage } from "./course-page.ts";

export class HwCourseElement extends HTMLElement {
  #page: CoursePage | null = null;

  async connectedCallback(): Promise<void> {
    const { CoursePage } = await import("./course-page.ts");
    if (this.isConnected) this.#page ??= new CoursePage(this);
  }

  disconnectedCallback(): void {
    this.#page?.remove();
    this.#page = null;
  }
}
