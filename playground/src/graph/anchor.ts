/** The node that keeps its position on the screen when a zoomed graph gets a new layout. */

import type { LaidOutNode, Layout } from "./layout.ts";
import type { Point, ViewTransform } from "./view.ts";

export interface Anchor {
  before: Point;
  after: Point;
}

/**
 * Among the nodes in both layouts, find the one nearest to the middle of the view. Return its offset from the center of each
 * layout.
 */
export function findAnchor(before: Layout, after: Layout, view: ViewTransform): Anchor | null {
  const positionsAfter = new Map(after.nodes.map((node) => [node.name, offsetFromCenter(node, after)]));
  const center = { x: -view.x / view.scale, y: -view.y / view.scale };
  let nearest: Anchor | null = null;
  let shortest = Number.POSITIVE_INFINITY;
  for (const node of before.nodes) {
    const position = offsetFromCenter(node, before);
    const distance = Math.hypot(position.x - center.x, position.y - center.y);
    const positionAfter = positionsAfter.get(node.name);
    if (positionAfter === undefined || distance >= shortest) continue;
    nearest = { before: position, after: positionAfter };
    shortest = distance;
  }
  return nearest;
}

function offsetFromCenter(node: LaidOutNode, layout: Layout): Point {
  return { x: node.x + (node.width - layout.width) / 2, y: node.y + (node.height - layout.height) / 2 };
}
