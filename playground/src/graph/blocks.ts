/**
 * Nodes that depend on the same nodes and are used by the same nodes. Graphviz puts all of them into one rank, which many of
 * them make far longer than any pane. So Graphviz places a block instead, and in the block they are a grid.
 */

import type { EdgeView } from "../protocol.ts";
import type { DisplayFrame, DisplayGraph, DisplayNode } from "./display-graph.ts";
import { drawableGraph } from "./drawable.ts";
import type { Direction, LaidOutEdge, LaidOutNode, Layout, Pane } from "./layout.ts";
import { measureNode } from "./measure.ts";
import { arrowheadPath, type PathPoint, pathPoints, pathText } from "./svg-paths.ts";
import { scaleToFit } from "./view.ts";

/** Fewer nodes stay a rank. */
const FEWEST = 8;
/** Pixels between columns, and between rows; the lines of edges run there. */
const BETWEEN = 16;
const BETWEEN_ROWS = 24;
/** From the border of a block to the line that all edges of that side share, and from there to the nodes. */
const TO_LINE = 4;
const LINE_TO_NODES = 14;
/** From a row to the line along it, of edges that come in and that go out. */
const BEFORE_ROW = 14;
const BEHIND_ROW = 5;
const ARROW = 7;

export interface Block {
  id: string;
  members: DisplayNode[];
  isFed: boolean;
  isUsed: boolean;
}

export interface CondensedGraph {
  graph: DisplayGraph;
  blocks: Block[];
}

/** A graph with one node for each block. */
export function condense(graph: DisplayGraph): CondensedGraph {
  const { nodes, edges, frames } = drawableGraph(graph);
  const blocks = blocksOf(nodes, edges, frames);
  const blockOf = membership(blocks);
  const name = (node: string): string => blockOf.get(node)?.id ?? node;
  const first = new Set(blocks.map(({ members }) => members[0]?.name));
  return {
    blocks,
    graph: {
      ...graph,
      nodes: nodes
        .filter((node) => !blockOf.has(node.name) || first.has(node.name))
        .map((node) => ({ ...node, name: name(node.name) })),
      edges: edges.map((edge) => ({ ...edge, source: name(edge.source), target: name(edge.target) })),
      frames: frames.map((frame) => ({ ...frame, members: [...new Set(frame.members.map(name))] })),
    },
  };
}

function blocksOf(nodes: readonly DisplayNode[], edges: readonly EdgeView[], frames: readonly DisplayFrame[]): Block[] {
  const around = new Map(nodes.map(({ name }) => [name, { sources: new Set<string>(), targets: new Set<string>() }]));
  for (const { source, target } of edges) {
    around.get(source)?.targets.add(target);
    around.get(target)?.sources.add(source);
  }
  const frameOf = new Map(frames.flatMap(({ members }, index) => members.map((name) => [name, index] as const)));
  const alike = new Map<string, DisplayNode[]>();
  for (const node of nodes) {
    const { sources, targets } = around.get(node.name) ?? { sources: new Set(), targets: new Set() };
    if ([...sources].some((source) => targets.has(source))) continue; // on a cycle
    const key = JSON.stringify([[...sources].sort(), [...targets].sort(), frameOf.get(node.name) ?? null]);
    alike.set(key, [...(alike.get(key) ?? []), node]);
  }
  return [...alike.values()]
    .filter((members) => members.length >= FEWEST)
    .map((members, index) => {
      const { sources, targets } = around.get(members[0]?.name ?? "") ?? { sources: new Set(), targets: new Set() };
      // No node has such a name: it holds a space.
      return { id: `block ${index}`, members, isFed: sources.size > 0, isUsed: targets.size > 0 };
    });
}

function membership(blocks: readonly Block[]): Map<string, Block> {
  return new Map(blocks.flatMap((block) => block.members.map((node) => [node.name, block])));
}

/** The cells of a block. `across` is sideways as the values flow, `along` is the way they flow. */
export class Grid {
  readonly block: Block;
  readonly #direction: Direction;
  readonly #cell: { across: number; along: number };
  readonly #columns: number;
  readonly #rows: number;

  constructor(block: Block, direction: Direction, pane: Pane) {
    this.block = block;
    this.#direction = direction;
    const faces = block.members.map(measureNode);
    const width = Math.max(...faces.map((face) => face.width));
    const height = Math.max(...faces.map((face) => face.height));
    this.#cell = direction === "TB" ? { across: width, along: height } : { across: height, along: width };
    let best = { scale: 0, columns: faces.length };
    for (let rows = 1; rows <= faces.length; rows++) {
      const columns = Math.ceil(faces.length / rows);
      const scale = scaleToFit(this.#sizeWith(columns), pane);
      if (scale > best.scale) best = { scale, columns };
    }
    this.#columns = best.columns;
    this.#rows = Math.ceil(faces.length / best.columns);
  }

  get size(): Pane {
    return this.#sizeWith(this.#columns);
  }

  #sizeWith(columns: number): Pane {
    const rows = Math.ceil(this.block.members.length / columns);
    const across = columns * (this.#cell.across + BETWEEN) + (this.#hasLines ? BETWEEN : -BETWEEN);
    const along = rows * this.#cell.along + (rows - 1) * this.#rowGap + this.#head + this.#tail;
    return this.#direction === "TB" ? { width: across, height: along } : { width: along, height: across };
  }

  get #hasLines(): boolean {
    return this.block.isFed || this.block.isUsed;
  }

  get #rowGap(): number {
    return this.#hasLines ? BETWEEN_ROWS : BETWEEN;
  }

  get #head(): number {
    return this.block.isFed ? TO_LINE + LINE_TO_NODES : 0;
  }

  get #tail(): number {
    return this.block.isUsed ? TO_LINE + LINE_TO_NODES : 0;
  }

  /** Where the members are, in the block that was placed. */
  nodes(placed: LaidOutNode): LaidOutNode[] {
    return this.block.members.map((node, index) => {
      const { width, height } = measureNode(node);
      const extent = this.#direction === "TB" ? width : height;
      const cell = this.#cellOf(placed, index);
      const [x, y] = this.#place(cell.across + (this.#cell.across - extent) / 2, cell.along);
      return { name: node.name, x, y, width, height };
    });
  }

  /** From the border of the block to a member: the places on the way, and where the arrow points to. */
  entry(placed: LaidOutNode, name: string, at: PathPoint): { way: PathPoint[]; base: PathPoint; tip: PathPoint } {
    const index = this.#indexOf(name);
    const { across, along } = this.#cellOf(placed, index);
    const middle = across + this.#cell.across / 2;
    const line = this.#corner(placed).along + TO_LINE;
    const [from] = this.#turned(at);
    const isFirst = index < this.#columns;
    const channel = across - BETWEEN * 0.35;
    const way: [number, number][] = isFirst
      ? [
          [from, line],
          [middle, line],
        ]
      : [
          [from, line],
          [channel, line],
          [channel, along - BEFORE_ROW],
          [middle, along - BEFORE_ROW],
        ];
    return {
      way: way.map(([x, y]) => this.#place(x, y)),
      base: this.#place(middle, along - ARROW),
      tip: this.#place(middle, along),
    };
  }

  /** From a member to the border of the block. */
  exit(placed: LaidOutNode, name: string, at: PathPoint): PathPoint[] {
    const index = this.#indexOf(name);
    const { across, along } = this.#cellOf(placed, index);
    const face = measureNode(required(this.block.members[index], name));
    const end = along + (this.#direction === "TB" ? face.height : face.width);
    const middle = across + this.#cell.across / 2;
    const corner = this.#corner(placed);
    const line = corner.along + (this.#direction === "TB" ? placed.height : placed.width) - TO_LINE;
    const [to] = this.#turned(at);
    const isLast = Math.floor(index / this.#columns) === this.#rows - 1;
    const channel = across + this.#cell.across + BETWEEN * 0.35;
    const behind = along + this.#cell.along + BEHIND_ROW;
    const way: [number, number][] = isLast
      ? [
          [middle, end],
          [middle, line],
          [to, line],
        ]
      : [
          [middle, end],
          [middle, behind],
          [channel, behind],
          [channel, line],
          [to, line],
        ];
    return way.map(([x, y]) => this.#place(x, y));
  }

  #indexOf(name: string): number {
    return this.block.members.findIndex((node) => node.name === name);
  }

  #cellOf(placed: LaidOutNode, index: number): { across: number; along: number } {
    const { across, along } = this.#corner(placed);
    const [row, column] = [Math.floor(index / this.#columns), index % this.#columns];
    return {
      across: across + (this.#hasLines ? BETWEEN : 0) + column * (this.#cell.across + BETWEEN),
      along: along + this.#head + row * (this.#cell.along + this.#rowGap),
    };
  }

  #corner({ x, y }: LaidOutNode): { across: number; along: number } {
    return this.#direction === "TB" ? { across: x, along: y } : { across: y, along: x };
  }

  #place(across: number, along: number): PathPoint {
    return this.#direction === "TB" ? [across, along] : [along, across];
  }

  #turned([x, y]: PathPoint): PathPoint {
    return this.#direction === "TB" ? [x, y] : [y, x];
  }
}

/** The layout of a graph, from that of the graph with blocks. */
export function expand(layout: Layout, graph: DisplayGraph, grids: readonly Grid[]): Layout {
  const { edges, frames } = drawableGraph(graph);
  const places = new Map(layout.nodes.map((node) => [node.name, node]));
  const gridOf = new Map(grids.flatMap((grid) => grid.block.members.map(({ name }) => [name, grid] as const)));
  const gridAt = new Map(grids.map((grid) => [grid.block.id, grid]));
  const laid = new Map(layout.edges.map((edge) => [`${edge.source}\n${edge.target}`, edge]));
  const placeOf = (grid: Grid): LaidOutNode => required(places.get(grid.block.id), grid.block.id);
  return {
    ...layout,
    nodes: layout.nodes.flatMap((node) => gridAt.get(node.name)?.nodes(node) ?? node),
    edges: edges.map(({ source, target, optional }): LaidOutEdge => {
      const [from, to] = [gridOf.get(source), gridOf.get(target)];
      const edge = required(
        laid.get(`${from?.block.id ?? source}\n${to?.block.id ?? target}`),
        `${source} > ${target}`,
      );
      let { path, head } = edge;
      if (from !== undefined) {
        const start = required(pathPoints(path)[0], source);
        const way = from.exit(placeOf(from), source, start).map(pathText);
        path = `M${way.join("L")}L${path.slice(1)}`;
      }
      if (to !== undefined) {
        const reached = required(pathPoints(head)[1], target);
        const { way, base, tip } = to.entry(placeOf(to), target, reached);
        path = `${path}L${[reached, ...way, base].map(pathText).join("L")}`;
        head = arrowheadPath(base, tip);
      }
      return { source, target, optional, path, head };
    }),
    frames: layout.frames.map((frame, index) => ({ ...frame, members: frames[index]?.members ?? frame.members })),
  };
}

function required<Part>(part: Part | undefined, name: string): Part {
  if (part === undefined) throw new Error(`There is no place for ${JSON.stringify(name)}.`);
  return part;
}
