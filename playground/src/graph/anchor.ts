/** What stays in its place when a visitor who looks at a part of the graph gets a new layout of it. */

import type { LaidOutNode, Layout } from "./layout.ts";
import type { Point, View } from "./view.ts";

export interface Anchor {
  before: Point;
  after: Point;
}

/** The node nearest to the middle of the view that both layouts have, told from the middle of each. */
export function findAnchor(before: Layout, after: Layout, view: View): Anchor | null {
  const later = new Map(after.nodes.map((node) => [node.name, fromMiddle(node, after)]));
  const middle = { x: -view.x / view.scale, y: -view.y / view.scale };
  let nearest: Anchor | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const node of before.nodes) {
    const place = fromMiddle(node, before);
    const distance = Math.hypot(place.x - middle.x, place.y - middle.y);
    const placeAfter = later.get(node.name);
    if (placeAfter === undefined || distance >= least) continue;
    nearest = { before: place, after: placeAfter };
    least = distance;
  }
  return nearest;
}

function fromMiddle(node: LaidOutNode, layout: Layout): Point {
  return { x: node.x + (node.width - layout.width) / 2, y: node.y + (node.height - layout.height) / 2 };
}
