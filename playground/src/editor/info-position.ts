/**
 * The position of a completion's description: beside the list, or else below or above it. CodeMirror's default position covers
 * the list. The description never covers the line that is being typed.
 */

import type { Rect } from "@codemirror/view";

const MAX_WIDTH = 400;
/** The width of the list's border, which the position does not include. */
const BORDER = 2;

/** The inline style and the class of a description. */
interface InfoPosition {
  style: string;
  class: string;
}

/**
 * Return the position of a description.
 *
 * @param list the rectangle of the list
 * @param option the rectangle of the selected option
 * @param info the rectangle of the description, at any position
 * @param caret the rectangle of the caret
 * @param space the rectangle in which the description is visible
 */
export function infoPosition(list: Rect, option: Rect, info: Rect, caret: Rect, space: Rect): InfoPosition {
  const [width, height] = [info.right - info.left, info.bottom - info.top];
  const sides = { left: list.left - space.left, right: space.right - list.right };
  const side = sides.right >= Math.min(width, sides.left) ? "right" : "left";
  if (width <= sides[side]) {
    const top = Math.max(space.top, Math.min(option.top, space.bottom - height)) - list.top;
    return {
      style: `top: ${top}px; max-width: ${Math.min(MAX_WIDTH, sides[side])}px`,
      class: `cm-completionInfo-${side}`,
    };
  }
  const [top, bottom] = [Math.min(list.top, caret.top), Math.max(list.bottom, caret.bottom)];
  const [above, below] = [top - space.top, space.bottom - bottom];
  const edge = below >= Math.min(height, above) ? `top: ${bottom - list.top}px` : `bottom: ${list.bottom - top}px`;
  const maxWidth = Math.min(MAX_WIDTH, space.right - space.left);
  const left = Math.min(0, space.right - list.left - Math.min(width, maxWidth) - BORDER);
  return { style: `${edge}; left: ${left}px; max-width: ${maxWidth}px`, class: "" };
}
