/** Keeps the active tab of each row of tabs in view, however it became the active one, and however narrow the row is. */

const ROWS = ".tabs";
const ACTIVE = '[aria-pressed="true"]';
/** Pixels of the neighbor that stay in view, so that there seem to be more. */
const PEEK = 24;

interface RowState {
  tab: Element | null;
  count: number;
}

export class ActiveTabs {
  readonly #states = new WeakMap<Element, RowState>();
  readonly #sizes = new ResizeObserver((entries) => {
    for (const { target } of entries) reveal(target);
  });

  /** @param root what the rows are in; to be called after each rendering */
  rendered(root: ParentNode): void {
    for (const row of root.querySelectorAll(ROWS)) {
      const before = this.#states.get(row);
      if (before === undefined) this.#sizes.observe(row);
      const tab = row.querySelector(ACTIVE);
      const count = row.childElementCount;
      // The visitor may scroll the row: only another active tab, or other neighbors, bring it back.
      if (before?.tab === tab && before.count === count) continue;
      this.#states.set(row, { tab, count });
      reveal(row);
    }
  }

  close(): void {
    this.#sizes.disconnect();
  }
}

/** Scrolls the row alone: `scrollIntoView` would move the page around it, too. */
function reveal(row: Element): void {
  const tab = row.querySelector(ACTIVE);
  if (tab === null || row.clientWidth === 0) return;
  const [outer, inner] = [row.getBoundingClientRect(), tab.getBoundingClientRect()];
  row.scrollLeft += scrollNeeded(inner.left - outer.left, inner.width, row.clientWidth);
}

/**
 * How far a row is to be scrolled so that a tab is in view: as little as possible. A tab wider than the row shows its
 * beginning.
 *
 * @param left of the tab, from the row's left edge
 */
export function scrollNeeded(left: number, width: number, rowWidth: number): number {
  const peek = Math.max(0, Math.min(PEEK, (rowWidth - width) / 2));
  if (width >= rowWidth || left < peek) return left - peek;
  return Math.max(0, left + width + peek - rowWidth);
}
