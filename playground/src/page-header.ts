/** The header of a page stays at the top of the window and must not cover what a visitor looks for. */

/** In pixels, with some space. */
export const PAGE_HEADER_HEIGHT = 64;
const SPACE = 8;

interface Extent {
  top: number;
  bottom: number;
}

/**
 * Return how far the page must be scrolled to show a part of it, below the header and above the window's edge.
 *
 * @param part relative to the window
 */
export function pageScrollNeeded({ top, bottom }: Extent, windowHeight: number): number {
  if (top < PAGE_HEADER_HEIGHT) return top - PAGE_HEADER_HEIGHT;
  return Math.max(0, Math.min(bottom + SPACE - windowHeight, top - PAGE_HEADER_HEIGHT));
}
