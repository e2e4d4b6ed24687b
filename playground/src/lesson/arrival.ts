/**
 * The focus on arrival at a lesson or at the course page. The theme's instant navigation replaces a page's content and loses the
 * focus, and so does a reload. If the focus were not restored, Tab would begin in the site's menu.
 */

import { focusStep, scrollToStep } from "./go-to-step.ts";
import { landAt } from "./landing.ts";

const STEP_FRAGMENT = /^#(step-.+)$/;

/** Where a visitor arrives: the article, and the fragment of the URL. */
export interface Destination {
  article: Element | null;
  hash: string;
}

export class Arrivals {
  /** The article at which the visitor has arrived. */
  #article: Element | null;

  /** @param loaded the article that the browser loaded; the browser itself scrolls there */
  constructor(loaded: Element | null) {
    this.#article = loaded;
  }

  /** Return the id of the step to focus, "title" for the page's title, or null if the focus must not move. */
  at({ article, hash }: Destination): string | null {
    if (article === this.#article) return null;
    this.#article = article;
    return hash === "" ? "title" : (STEP_FRAGMENT.exec(hash)?.[1] ?? null);
  }
}

let arrivals: Arrivals | null = null;

/** Move the focus to the step or to the title of a page at which the visitor has just arrived. */
export function arrive(destination: Destination, loaded: Element | null): void {
  const isFirst = arrivals === null;
  arrivals ??= new Arrivals(loaded);
  const target = arrivals.at(destination);
  if (isFirst && target === null) {
    // The browser scrolls the page that it loads, but a reload loses the focus.
    if (document.activeElement === document.body) focusStep(destination.hash.slice(1));
    if (wasScrolledToFragment()) landAt(destination.hash);
  }
  if (target === null || document.activeElement !== document.body) return;
  // Move the focus at once: until then, Tab would begin in the site's menu.
  if (target === "title") focusTitle();
  else {
    focusStep(target);
    // All steps hide their hints when they are built, which moves the content below them.
    requestAnimationFrame(() => {
      scrollToStep(target, "auto");
      landAt(`#${target}`);
    });
  }
}

/** Return whether the browser scrolled to the fragment. After a reload, it restores the earlier position instead. */
function wasScrolledToFragment(): boolean {
  const [loading] = performance.getEntriesByType("navigation");
  return (loading as PerformanceNavigationTiming | undefined)?.type === "navigate";
}

function focusTitle(): void {
  const title = document.querySelector<HTMLElement>("article h1");
  if (title === null) return;
  title.tabIndex = -1;
  title.focus({ preventScroll: true });
}
