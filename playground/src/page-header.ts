/** The page header stays at the top of the window and must not cover the part that the page scrolls to. */

/** The height of the header plus some space below it, in pixels. */
export const PAGE_HEADER_HEIGHT = 64;
const SPACE = 8;

interface Extent {
  top: number;
  bottom: number;
}

/**
 * Return how far to scroll the page so that a part of it is below the header and above the window's bottom edge.
 *
 * @param part the edges of the part, relative to the window
 */
export function pageScrollNeeded({ top, bottom }: Extent, windowHeight: number): number {
  if (top < PAGE_HEADER_HEIGHT) return top - PAGE_HEADER_HEIGHT;
  return Math.max(0, Math.min(bottom + SPACE - windowHeight, top - PAGE_HEADER_HEIGHT));
}
