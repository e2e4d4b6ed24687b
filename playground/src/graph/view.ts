/** Where a visitor looks: a scale and an offset from the picture, whose middle is the origin, to the pane's middle. */

import type { Pane } from "./layout.ts";

export interface View {
  /** Screen pixels per pixel of the layout. */
  scale: number;
  /** Screen pixels from the pane's middle to the picture's middle. */
  x: number;
  y: number;
}

export interface Point {
  x: number;
  y: number;
}

export interface Box extends Point, Pane {}

/** Empty space around a picture, in its own pixels. */
export const MARGIN = 18;
/** A small graph is not blown up beyond this. */
export const LARGEST_FIT = 1.25;
const SMALLEST = 0.1;
const LARGEST = 4;
/** How much of the picture stays in the pane, however far it is dragged. */
const KEPT_IN_SIGHT = 48;

/** The scale at which a whole picture with its margin shows in a pane. */
export function scaleToFit(picture: Pane, pane: Pane): number {
  const across = pane.width / (picture.width + 2 * MARGIN);
  const down = pane.height / (picture.height + 2 * MARGIN);
  return Math.min(across, down, LARGEST_FIT);
}

export function fitView(picture: Pane, pane: Pane): View {
  return { scale: scaleToFit(picture, pane), x: 0, y: 0 };
}

export function panView(view: View, x: number, y: number): View {
  return { ...view, x: view.x + x, y: view.y + y };
}

/** Zooms so that what is under a point (from the pane's middle) stays under it. */
export function zoomView(view: View, factor: number, at: Point, fit: View): View {
  const smallest = Math.min(SMALLEST, fit.scale);
  const scale = Math.min(LARGEST, Math.max(smallest, view.scale * factor));
  const grown = scale / view.scale;
  return { scale, x: at.x - (at.x - view.x) * grown, y: at.y - (at.y - view.y) * grown };
}

/** The same view, moved back so far that some of the picture is to be seen. */
export function keepInView(view: View, picture: Pane, pane: Pane): View {
  const across = Math.max(0, (picture.width * view.scale + pane.width) / 2 - KEPT_IN_SIGHT);
  const down = Math.max(0, (picture.height * view.scale + pane.height) / 2 - KEPT_IN_SIGHT);
  return { scale: view.scale, x: within(view.x, across), y: within(view.y, down) };
}

/** The same view, moved as little as shows a part of the picture whole, where the pane is large enough for it. */
export function revealBox(view: View, part: Box, picture: Pane, pane: Pane): View {
  const left = view.x + (part.x - picture.width / 2) * view.scale;
  const top = view.y + (part.y - picture.height / 2) * view.scale;
  return panView(
    view,
    shiftInto(left, part.width * view.scale, pane.width / 2 - MARGIN),
    shiftInto(top, part.height * view.scale, pane.height / 2 - MARGIN),
  );
}

/** The same view after a place of the picture (told from its middle) has moved, with that place where it was. */
export function holdPoint(view: View, before: Point, after: Point): View {
  return panView(view, (before.x - after.x) * view.scale, (before.y - after.y) * view.scale);
}

/** What the drawing is moved by from the pane's middle, where its `viewBox` alone fits it into the pane with no script. */
export function transformOf(view: View, fit: View): string {
  const scale = view.scale / fit.scale;
  return `translate(${view.x.toFixed(2)}px, ${view.y.toFixed(2)}px) scale(${scale.toFixed(5)})`;
}

function within(value: number, most: number): number {
  return Math.min(most, Math.max(-most, value));
}

function shiftInto(start: number, length: number, half: number): number {
  if (start + length > half) return Math.max(-half - start, half - start - length);
  return start < -half ? -half - start : 0;
}
