/** A controller that keeps the active tab of each row in view, regardless of how it was activated and how narrow the row is. */

const ROWS = ".tabs";
const ACTIVE = '[aria-pressed="true"]';
/** The width of the part of a neighboring tab that stays in view. The row fades out there, and an arrow points to more tabs. */
const PEEK = 40;

interface RowState {
  tab: Element | null;
  count: number;
}

export class ActiveTabs {
  readonly #states = new WeakMap<Element, RowState>();
  readonly #sizes = new ResizeObserver((entries) => {
    for (const { target } of entries) reveal(target);
  });

  /**
   * Scroll rows whose active tab or number of tabs changed. Call this after each rendering.
   *
   * @param root the ancestor of the rows
   */
  rendered(root: ParentNode): void {
    for (const row of root.querySelectorAll(ROWS)) {
      const before = this.#states.get(row);
      if (before === undefined) this.#sizes.observe(row);
      const tab = row.querySelector(ACTIVE);
      const count = row.childElementCount;
      // Keep the visitor's scroll position unless the active tab or the number of tabs has changed.
      if (before?.tab === tab && before.count === count) continue;
      this.#states.set(row, { tab, count });
      reveal(row);
      if (before !== undefined && count < before.count) restartAnimations(row);
    }
  }

  close(): void {
    this.#sizes.disconnect();
  }
}

/**
 * Restart the animations of a row's arrows and faded ends, which follow its scroll position. If the row no longer overflows,
 * Chromium would keep their last state.
 */
function restartAnimations(row: Element): void {
  for (const animation of row.getAnimations({ subtree: true })) {
    if (!(animation instanceof CSSAnimation)) continue;
    animation.cancel();
    animation.play();
  }
}

/** Scroll only the row: `scrollIntoView` would also move the page. */
function reveal(row: Element): void {
  const tab = row.querySelector(ACTIVE);
  if (tab === null || row.clientWidth === 0) return;
  const [outer, inner] = [row.getBoundingClientRect(), tab.getBoundingClientRect()];
  row.scrollLeft += scrollNeeded(inner.left - outer.left, inner.width, row.clientWidth);
}

/**
 * Return the smallest scroll distance that brings a tab into view. A tab wider than the row shows its beginning.
 *
 * @param left the tab's left edge, relative to the row's
 */
export function scrollNeeded(left: number, width: number, rowWidth: number): number {
  const peek = Math.max(0, Math.min(PEEK, (rowWidth - width) / 2));
  if (width >= rowWidth || left < peek) return left - peek;
  return Math.max(0, left + width + peek - rowWidth);
}
