/**
 * The focus after the theme's instant navigation, which replaces a page's content and loses the focus. If the focus were not
 * restored, Tab would begin in the site's menu.
 */

import { goToStep } from "./go-to-step.ts";

const STEP_FRAGMENT = /^#(step-.+)$/;

/** The part of a URL that decides where a visitor arrives. */
export type Destination = Pick<Location, "pathname" | "hash">;

export class Arrivals {
  /** The path of the page at which the visitor has arrived; null after that page was left. */
  #arrivedAt: string | null;

  /** @param loaded the path of the page that the browser loaded; the browser itself sets the focus there */
  constructor(loaded: string) {
    this.#arrivedAt = loaded;
  }

  /** Return the id of the step to focus, "title" for the lesson's title, or null if the visitor has arrived before. */
  at({ pathname, hash }: Destination): string | null {
    if (pathname === this.#arrivedAt) return null;
    this.#arrivedAt = pathname;
    return hash === "" ? "title" : (STEP_FRAGMENT.exec(hash)?.[1] ?? null);
  }

  leave(): void {
    this.#arrivedAt = null;
  }
}

const [loading] = performance.getEntriesByType("navigation");
const arrivals = new Arrivals(loading === undefined ? "" : new URL(loading.name).pathname);

/** Move the focus to the step or to the title of a lesson at which the visitor has just arrived. */
export function arrive(destination: Destination): void {
  const target = arrivals.at(destination);
  if (target === null) return;
  // Wait until all steps are built: they hide their hints, which moves the content below.
  requestAnimationFrame(() => {
    if (document.activeElement !== document.body) return;
    if (target === "title") focusTitle();
    else goToStep(target, "auto");
  });
}

export function leaveLesson(): void {
  arrivals.leave();
}

function focusTitle(): void {
  const title = document.querySelector<HTMLElement>("article h1");
  if (title === null) return;
  title.tabIndex = -1;
  title.focus({ preventScroll: true });
}
