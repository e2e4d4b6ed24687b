/** Packs the connected components of a drawing into rows that fit the shape of a pane. */

import type { Layout, Pane } from "./layout.ts";
import { pathPoints, roundToTenth, translatePath } from "./svg-paths.ts";
import { scaleToFit } from "./view.ts";

const GAP = 20;
/** The number of row widths to try. */
const ATTEMPTS = 40;

interface Component {
  nodes: Set<string>;
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Rearrange the connected components of a drawing to fit a pane. */
export function packComponents(layout: Layout, pane: Pane): Layout {
  const parts = componentsOf(layout).sort((a, b) => b.height - a.height);
  if (parts.length < 2) return layout;
  const widest = Math.max(...parts.map(({ width }) => width));
  const all = parts.reduce((sum, { width }) => sum + width + GAP, 0);
  let best: { scale: number; rows: PackedRows } | null = null;
  for (let attempt = 0; attempt <= ATTEMPTS; attempt++) {
    const rows = packRows(parts, widest * (all / widest) ** (attempt / ATTEMPTS));
    const scale = scaleToFit(rows, pane);
    if (best === null || scale > best.scale) best = { scale, rows };
  }
  return best === null ? layout : moveComponents(layout, best.rows);
}

interface PackedRows extends Pane {
  positions: Map<Component, { x: number; y: number }>;
}

function packRows(parts: readonly Component[], maxWidth: number): PackedRows {
  const positions: PackedRows["positions"] = new Map();
  let [x, y, height, width] = [0, 0, 0, 0];
  for (const part of parts) {
    if (x > 0 && x + part.width > maxWidth) [x, y, height] = [0, y + height + GAP, 0];
    positions.set(part, { x, y });
    x += part.width + GAP;
    width = Math.max(width, x - GAP);
    height = Math.max(height, part.height);
  }
  return { positions, width, height: y + height };
}

function moveComponents(layout: Layout, { positions, width, height }: PackedRows): Layout {
  const shiftOf = new Map<string, { x: number; y: number }>();
  for (const [part, { x, y }] of positions)
    for (const name of part.nodes) shiftOf.set(name, { x: x - part.left, y: y - part.top });
  const shift = (name: string | undefined): { x: number; y: number } => shiftOf.get(name ?? "") ?? { x: 0, y: 0 };
  const moved = <Box extends { x: number; y: number }>(box: Box, by: { x: number; y: number }): Box => ({
    ...box,
    x: roundToTenth(box.x + by.x),
    y: roundToTenth(box.y + by.y),
  });
  return {
    direction: layout.direction,
    width: roundToTenth(width),
    height: roundToTenth(height),
    nodes: layout.nodes.map((node) => moved(node, shift(node.name))),
    edges: layout.edges.map((edge) => {
      const { x, y } = shift(edge.source);
      return { ...edge, path: translatePath(edge.path, x, y), head: translatePath(edge.head, x, y) };
    }),
    frames: layout.frames.map((frame) => moved(frame, shift(frame.members[0]))),
  };
}

/** Return the connected components, in the order of their first nodes. A frame connects its members. */
function componentsOf(layout: Layout): Component[] {
  const parents = new Map<string, string>();
  const rootOf = (name: string): string => {
    let root = name;
    for (let next = parents.get(root); next !== undefined; next = parents.get(root)) root = next;
    if (root !== name) parents.set(name, root);
    return root;
  };
  const join = (a: string, b: string): void => {
    const [root, otherRoot] = [rootOf(a), rootOf(b)];
    if (root !== otherRoot) parents.set(otherRoot, root);
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
    const [left, top] = [minimum(xs), minimum(ys)];
    return { nodes, left, top, width: maximum(xs) - left, height: maximum(ys) - top };
  });
}

function minimum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => Math.min(a, b), Infinity);
}

function maximum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => Math.max(a, b), -Infinity);
}
