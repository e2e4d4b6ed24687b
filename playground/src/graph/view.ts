/** Pan and zoom: a scale, and an offset from the center of the pane to the center of the drawing. */

import type { Pane } from "./layout.ts";

export interface ViewTransform {
  /** Screen pixels per pixel of the layout. */
  scale: number;
  /** Screen pixels from the center of the pane to the center of the drawing. */
  x: number;
  y: number;
}

export interface Point {
  x: number;
  y: number;
}

export interface Box extends Point, Pane {}

/** Empty space around a drawing, in pixels of the layout. */
export const MARGIN = 18;
/** Small graphs are not enlarged beyond this scale. */
export const MAX_FIT_SCALE = 1.25;
const MIN_SCALE = 0.1;
const MAX_SCALE = 4;
/** At this scale, a node's name has a height of 10 pixels. */
const READABLE_SCALE = 10 / 12;
/** A larger graph is fitted even if its names become unreadable, because a small part of it would not be useful. */
const MAX_READABLE_NODES = 30;
/** When a drawing is dragged, at least this many pixels of it stay in the pane. */
const MIN_VISIBLE = 48;

/** Return the scale at which a drawing and its margin fit into a pane. */
export function scaleToFit(picture: Pane, pane: Pane): number {
  const across = pane.width / (picture.width + 2 * MARGIN);
  const down = pane.height / (picture.height + 2 * MARGIN);
  return Math.min(across, down, MAX_FIT_SCALE);
}

export function fitView(picture: Pane, pane: Pane): ViewTransform {
  return { scale: scaleToFit(picture, pane), x: 0, y: 0 };
}

/**
 * Return the view that shows the start of a small graph, or a box in it, with readable names; null if the fitted drawing is
 * readable or the graph is large.
 *
 * @param focus the box to show
 */
export function readableView(picture: Pane, pane: Pane, nodes: number, focus: Box | null): ViewTransform | null {
  if (nodes > MAX_READABLE_NODES || scaleToFit(picture, pane) >= READABLE_SCALE) return null;
  const overflow = (length: number, available: number): number =>
    Math.max(0, ((length + 2 * MARGIN) * READABLE_SCALE - available) / 2);
  const view = {
    scale: READABLE_SCALE,
    x: overflow(picture.width, pane.width),
    y: overflow(picture.height, pane.height),
  };
  return focus === null ? view : revealBox(view, focus, picture, pane);
}

export function panView(view: ViewTransform, x: number, y: number): ViewTransform {
  return { ...view, x: view.x + x, y: view.y + y };
}

/** Zoom around a point, given as an offset from the center of the pane. */
export function zoomView(view: ViewTransform, factor: number, at: Point, fit: ViewTransform): ViewTransform {
  const smallest = Math.min(MIN_SCALE, fit.scale);
  const scale = Math.min(MAX_SCALE, Math.max(smallest, view.scale * factor));
  const ratio = scale / view.scale;
  return { scale, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio };
}

/** Move the view so that part of the drawing stays visible. */
export function keepInView(view: ViewTransform, picture: Pane, pane: Pane): ViewTransform {
  const across = Math.max(0, (picture.width * view.scale + pane.width) / 2 - MIN_VISIBLE);
  const down = Math.max(0, (picture.height * view.scale + pane.height) / 2 - MIN_VISIBLE);
  return { scale: view.scale, x: clamp(view.x, across), y: clamp(view.y, down) };
}

/** Move the view as little as needed to show a box, if the pane is large enough for it. */
export function revealBox(view: ViewTransform, part: Box, picture: Pane, pane: Pane): ViewTransform {
  const left = view.x + (part.x - picture.width / 2) * view.scale;
  const top = view.y + (part.y - picture.height / 2) * view.scale;
  return panView(
    view,
    shiftInto(left, part.width * view.scale, pane.width / 2 - MARGIN),
    shiftInto(top, part.height * view.scale, pane.height / 2 - MARGIN),
  );
}

/** Move the view so that a point in the drawing keeps its screen position. Points are offsets from the drawing's center. */
export function holdPoint(view: ViewTransform, before: Point, after: Point): ViewTransform {
  return panView(view, (before.x - after.x) * view.scale, (before.y - after.y) * view.scale);
}

/**
 * Return the CSS transform relative to the fitted drawing. The fitted drawing is centered by its `viewBox`, without a script.
 */
export function transformOf(view: ViewTransform, fit: ViewTransform): string {
  const scale = view.scale / fit.scale;
  return `translate(${view.x.toFixed(2)}px, ${view.y.toFixed(2)}px) scale(${scale.toFixed(5)})`;
}

function clamp(value: number, limit: number): number {
  return Math.min(limit, Math.max(-limit, value));
}

function shiftInto(start: number, length: number, half: number): number {
  if (start + length > half) return Math.max(-half - start, half - start - length);
  return start < -half ? -half - start : 0;
}
