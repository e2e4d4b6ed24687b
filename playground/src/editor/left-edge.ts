/**
 * Keeps the left edge of the code in view wherever possible. By default, an editor that has scrolled right for a long line scrolls
 * back only as far as the caret. That hides the indentation of the next line, so nested code looks like top-level code.
 */

import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

/** The space between the caret and the right edge, in pixels. */
const MARGIN = 24;

/** Return whether a caret at this distance from the left edge of the code is visible without scrolling. */
export function fitsUnscrolled(distance: number, visibleWidth: number): boolean {
  return distance + MARGIN <= visibleWidth;
}

/** Scroll to the left edge if the caret remains in view. The position is read once the editor has scrolled to the caret. */
export const leftEdge: Extension = EditorView.scrollHandler.of((view, { head }) => {
  view.requestMeasure({
    key: leftEdge,
    read: ({ scrollDOM }) => {
      const caret = scrollDOM.scrollLeft === 0 ? null : view.coordsAtPos(head);
      if (caret === null) return false;
      const distance = caret.left - scrollDOM.getBoundingClientRect().left + scrollDOM.scrollLeft;
      return fitsUnscrolled(distance, scrollDOM.clientWidth);
    },
    write: (fits, { scrollDOM }) => {
      if (fits) scrollDOM.scrollLeft = 0;
    },
  });
  return false; // the editor scrolls to the caret as usual
});
