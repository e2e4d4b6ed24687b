/** Parts of a drawing that no edge and no frame connects, packed in rows that fit a pane's shape. */

import type { Layout, Pane } from "./layout.ts";
import { pathPoints, roundToTenth, translatePath } from "./svg-paths.ts";
import { scaleToFit } from "./view.ts";

const APART = 20;
/** How many widths of the packed drawing are tried. */
const TRIES = 40;

interface Part {
  nodes: Set<string>;
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The same drawing with its parts elsewhere. */
export function packComponents(layout: Layout, pane: Pane): Layout {
  const parts = partsOf(layout).sort((one, other) => other.height - one.height);
  if (parts.length < 2) return layout;
  const widest = Math.max(...parts.map(({ width }) => width));
  const all = parts.reduce((sum, { width }) => sum + width + APART, 0);
  let best: { scale: number; shelves: Shelves } | null = null;
  for (let attempt = 0; attempt <= TRIES; attempt++) {
    const shelves = shelved(parts, widest * (all / widest) ** (attempt / TRIES));
    const scale = scaleToFit(shelves, pane);
    if (best === null || scale > best.scale) best = { scale, shelves };
  }
  return best === null ? layout : moved(layout, best.shelves);
}

interface Shelves extends Pane {
  places: Map<Part, { x: number; y: number }>;
}

function shelved(parts: readonly Part[], most: number): Shelves {
  const places: Shelves["places"] = new Map();
  let [x, y, height, width] = [0, 0, 0, 0];
  for (const part of parts) {
    if (x > 0 && x + part.width > most) [x, y, height] = [0, y + height + APART, 0];
    places.set(part, { x, y });
    x += part.width + APART;
    width = Math.max(width, x - APART);
    height = Math.max(height, part.height);
  }
  return { places, width, height: y + height };
}

function moved(layout: Layout, { places, width, height }: Shelves): Layout {
  const shiftOf = new Map<string, { x: number; y: number }>();
  for (const [part, { x, y }] of places)
    for (const name of part.nodes) shiftOf.set(name, { x: x - part.left, y: y - part.top });
  const shift = (name: string | undefined): { x: number; y: number } => shiftOf.get(name ?? "") ?? { x: 0, y: 0 };
  const at = <Box extends { x: number; y: number }>(box: Box, by: { x: number; y: number }): Box => ({
    ...box,
    x: roundToTenth(box.x + by.x),
    y: roundToTenth(box.y + by.y),
  });
  return {
    direction: layout.direction,
    width: roundToTenth(width),
    height: roundToTenth(height),
    nodes: layout.nodes.map((node) => at(node, shift(node.name))),
    edges: layout.edges.map((edge) => {
      const { x, y } = shift(edge.source);
      return { ...edge, path: translatePath(edge.path, x, y), head: translatePath(edge.head, x, y) };
    }),
    frames: layout.frames.map((frame) => at(frame, shift(frame.members[0]))),
  };
}

/** In the order of their first nodes. */
function partsOf(layout: Layout): Part[] {
  const joined = new Map<string, string>();
  const rootOf = (name: string): string => {
    let root = name;
    for (let next = joined.get(root); next !== undefined; next = joined.get(root)) root = next;
    if (root !== name) joined.set(name, root);
    return root;
  };
  const join = (one: string, other: string): void => {
    const [root, more] = [rootOf(one), rootOf(other)];
    if (root !== more) joined.set(more, root);
  };
  for (const { source, target } of layout.edges) join(source, target);
  for (const { members } of layout.frames) for (const name of members) join(members[0] ?? name, name);
  const boxes = new Map<string, { nodes: Set<string>; xs: number[]; ys: number[] }>();
  const boxOf = (name: string): { nodes: Set<string>; xs: number[]; ys: number[] } => {
    const root = rootOf(name);
    const box = boxes.get(root) ?? { nodes: new Set<string>(), xs: [], ys: [] };
    boxes.set(root, box);
    return box;
  };
  for (const { name, x, y, width, height } of layout.nodes) {
    const box = boxOf(name);
    box.nodes.add(name);
    box.xs.push(x, x + width);
    box.ys.push(y, y + height);
  }
  for (const { members, x, y, width, height } of layout.frames) {
    const box = boxOf(members[0] ?? "");
    box.xs.push(x, x + width);
    box.ys.push(y, y + height);
  }
  for (const { source, path } of layout.edges) {
    const box = boxOf(source);
    for (const [x, y] of pathPoints(path)) {
      box.xs.push(x);
      box.ys.push(y);
    }
  }
  return [...boxes.values()].map(({ nodes, xs, ys }) => {
    const [left, top] = [least(xs), least(ys)];
    return { nodes, left, top, width: most(xs) - left, height: most(ys) - top };
  });
}

function least(numbers: readonly number[]): number {
  return numbers.reduce((one, other) => Math.min(one, other), Infinity);
}

function most(numbers: readonly number[]): number {
  return numbers.reduce((one, other) => Math.max(one, other), -Infinity);
}
