/** `<hw-course>`: the list of lessons, which works without scripts. The code that shows progress is loaded on demand. */

import { loadedArticle } from "../lesson/loaded-article.ts";
import type { CoursePage } from "./course-page.ts";

export class HwCourseElement extends HTMLElement {
  #page: CoursePage | null = null;

  async connectedCallback(): Promise<void> {
    const { hash } = location; // the theme replaces the fragment as soon as the page scrolls
    const [{ CoursePage }, { arrive }] = await Promise.all([
      import("./course-page.ts"),
      import("../lesson/arrival.ts"),
    ]);
    if (!this.isConnected) return;
    this.#page ??= new CoursePage(this);
    arrive({ article: this.closest("article"), hash }, loadedArticle);
  }

  disconnectedCallback(): void {
    this.#page?.remove();
    this.#page = null;
  }
}
