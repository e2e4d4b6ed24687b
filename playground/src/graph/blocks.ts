/**
 * Blocks of nodes that share all their upstream and downstream neighbors. Graphviz would put such nodes in one rank, far longer
 * than any pane. Therefore, each block is a single box for Graphviz, and its nodes form a grid inside the box.
 */

import type { EdgeView } from "../protocol.ts";
import type { DisplayFrame, DisplayGraph, DisplayNode } from "./display-graph.ts";
import { drawableGraph } from "./drawable.ts";
import type { Direction, LaidOutEdge, LaidOutNode, Layout, Pane } from "./layout.ts";
import { measureNode } from "./measure.ts";
import { arrowheadPath, type PathPoint, pathPoints, pathText } from "./svg-paths.ts";
import { scaleToFit } from "./view.ts";

/** The minimum number of nodes in a block. */
const MIN_MEMBERS = 8;
/** Pixels between columns and between rows, where the edges run. */
const COLUMN_GAP = 16;
const ROW_GAP = 24;
/** Pixels between a block's border and the shared line of the edges on that side, and between that line and the nodes. */
const BORDER_TO_LINE = 4;
const LINE_TO_NODES = 14;
/** Pixels from a row to the lines of its incoming and outgoing edges. */
const ROW_ENTRY_GAP = 14;
const ROW_EXIT_GAP = 5;
const ARROW_LENGTH = 7;

export interface Block {
  id: string;
  members: DisplayNode[];
  hasSources: boolean;
  hasTargets: boolean;
}

export interface CondensedGraph {
  graph: DisplayGraph;
  blocks: Block[];
}

/** Replace each block of a graph with one node. */
export function condense(graph: DisplayGraph): CondensedGraph {
  const { nodes, edges, frames } = drawableGraph(graph);
  const blocks = findBlocks(nodes, edges, frames);
  const blockOf = blocksByMember(blocks);
  const name = (node: string): string => blockOf.get(node)?.id ?? node;
  const firstMembers = new Set(blocks.map(({ members }) => members[0]?.name));
  return {
    blocks,
    graph: {
      ...graph,
      nodes: nodes
        .filter((node) => !blockOf.has(node.name) || firstMembers.has(node.name))
        .map((node) => ({ ...node, name: name(node.name) })),
      edges: edges.map((edge) => ({ ...edge, source: name(edge.source), target: name(edge.target) })),
      frames: frames.map((frame) => ({ ...frame, members: [...new Set(frame.members.map(name))] })),
    },
  };
}

function findBlocks(
  nodes: readonly DisplayNode[],
  edges: readonly EdgeView[],
  frames: readonly DisplayFrame[],
): Block[] {
  const neighbors = new Map(
    nodes.map(({ name }) => [name, { sources: new Set<string>(), targets: new Set<string>() }]),
  );
  for (const { source, target } of edges) {
    neighbors.get(source)?.targets.add(target);
    neighbors.get(target)?.sources.add(source);
  }
  const frameOf = new Map(frames.flatMap(({ members }, index) => members.map((name) => [name, index] as const)));
  const similar = new Map<string, DisplayNode[]>();
  for (const node of nodes) {
    const { sources, targets } = neighbors.get(node.name) ?? { sources: new Set(), targets: new Set() };
    if ([...sources].some((source) => targets.has(source))) continue; // a node on a cycle cannot be in a block
    const key = JSON.stringify([[...sources].sort(), [...targets].sort(), frameOf.get(node.name) ?? null]);
    similar.set(key, [...(similar.get(key) ?? []), node]);
  }
  return [...similar.values()]
    .filter((members) => members.length >= MIN_MEMBERS)
    .map((members, index) => {
      const { sources, targets } = neighbors.get(members[0]?.name ?? "") ?? { sources: new Set(), targets: new Set() };
      // The space keeps the id distinct from all node names.
      return { id: `block ${index}`, members, hasSources: sources.size > 0, hasTargets: targets.size > 0 };
    });
}

function blocksByMember(blocks: readonly Block[]): Map<string, Block> {
  return new Map(blocks.flatMap((block) => block.members.map((node) => [node.name, block])));
}

/** The cells of a block. `along` is the direction of the flow, `across` is perpendicular to it. */
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
    const across = columns * (this.#cell.across + COLUMN_GAP) + (this.#hasLines ? COLUMN_GAP : -COLUMN_GAP);
    const along = rows * this.#cell.along + (rows - 1) * this.#rowGap + this.#head + this.#tail;
    return this.#direction === "TB" ? { width: across, height: along } : { width: along, height: across };
  }

  get #hasLines(): boolean {
    return this.block.hasSources || this.block.hasTargets;
  }

  get #rowGap(): number {
    return this.#hasLines ? ROW_GAP : COLUMN_GAP;
  }

  get #head(): number {
    return this.block.hasSources ? BORDER_TO_LINE + LINE_TO_NODES : 0;
  }

  get #tail(): number {
    return this.block.hasTargets ? BORDER_TO_LINE + LINE_TO_NODES : 0;
  }

  /** Return the members of a placed block with their positions. */
  nodes(placed: LaidOutNode): LaidOutNode[] {
    return this.block.members.map((node, index) => {
      const { width, height } = measureNode(node);
      const extent = this.#direction === "TB" ? width : height;
      const cell = this.#cellOf(placed, index);
      const [x, y] = this.#toPoint(cell.across + (this.#cell.across - extent) / 2, cell.along);
      return { name: node.name, x, y, width, height };
    });
  }

  /** Return the route of an edge from the border of the block to a member, and the arrowhead at its end. */
  entry(placed: LaidOutNode, name: string, at: PathPoint): { points: PathPoint[]; base: PathPoint; tip: PathPoint } {
    const index = this.#indexOf(name);
    const { across, along } = this.#cellOf(placed, index);
    const middle = across + this.#cell.across / 2;
    const line = this.#corner(placed).along + BORDER_TO_LINE;
    const [from] = this.#toGrid(at);
    const isFirst = index < this.#columns;
    const channel = across - COLUMN_GAP * 0.35;
    const points: [number, number][] = isFirst
      ? [
          [from, line],
          [middle, line],
        ]
      : [
          [from, line],
          [channel, line],
          [channel, along - ROW_ENTRY_GAP],
          [middle, along - ROW_ENTRY_GAP],
        ];
    return {
      points: points.map(([x, y]) => this.#toPoint(x, y)),
      base: this.#toPoint(middle, along - ARROW_LENGTH),
      tip: this.#toPoint(middle, along),
    };
  }

  /** Return the route of an edge from a member to the border of the block. */
  exit(placed: LaidOutNode, name: string, at: PathPoint): PathPoint[] {
    const index = this.#indexOf(name);
    const { across, along } = this.#cellOf(placed, index);
    const face = measureNode(required(this.block.members[index], name));
    const end = along + (this.#direction === "TB" ? face.height : face.width);
    const middle = across + this.#cell.across / 2;
    const corner = this.#corner(placed);
    const line = corner.along + (this.#direction === "TB" ? placed.height : placed.width) - BORDER_TO_LINE;
    const [to] = this.#toGrid(at);
    const isLast = Math.floor(index / this.#columns) === this.#rows - 1;
    const channel = across + this.#cell.across + COLUMN_GAP * 0.35;
    const behind = along + this.#cell.along + ROW_EXIT_GAP;
    const points: [number, number][] = isLast
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
    return points.map(([x, y]) => this.#toPoint(x, y));
  }

  #indexOf(name: string): number {
    return this.block.members.findIndex((node) => node.name === name);
  }

  #cellOf(placed: LaidOutNode, index: number): { across: number; along: number } {
    const { across, along } = this.#corner(placed);
    const [row, column] = [Math.floor(index / this.#columns), index % this.#columns];
    return {
      across: across + (this.#hasLines ? COLUMN_GAP : 0) + column * (this.#cell.across + COLUMN_GAP),
      along: along + this.#head + row * (this.#cell.along + this.#rowGap),
    };
  }

  #corner({ x, y }: LaidOutNode): { across: number; along: number } {
    return this.#direction === "TB" ? { across: x, along: y } : { across: y, along: x };
  }

  #toPoint(across: number, along: number): PathPoint {
    return this.#direction === "TB" ? [across, along] : [along, across];
  }

  #toGrid([x, y]: PathPoint): PathPoint {
    return this.#direction === "TB" ? [x, y] : [y, x];
  }
}

/** Convert the layout of a condensed graph to the layout of the original graph. */
export function expand(layout: Layout, graph: DisplayGraph, grids: readonly Grid[]): Layout {
  const { edges, frames } = drawableGraph(graph);
  const nodesByName = new Map(layout.nodes.map((node) => [node.name, node]));
  const gridOf = new Map(grids.flatMap((grid) => grid.block.members.map(({ name }) => [name, grid] as const)));
  const gridById = new Map(grids.map((grid) => [grid.block.id, grid]));
  const edgesByKey = new Map(layout.edges.map((edge) => [`${edge.source}\n${edge.target}`, edge]));
  const blockNode = (grid: Grid): LaidOutNode => required(nodesByName.get(grid.block.id), grid.block.id);
  return {
    ...layout,
    nodes: layout.nodes.flatMap((node) => gridById.get(node.name)?.nodes(node) ?? node),
    edges: edges.map(({ source, target, optional }): LaidOutEdge => {
      const [from, to] = [gridOf.get(source), gridOf.get(target)];
      const edge = required(
        edgesByKey.get(`${from?.block.id ?? source}\n${to?.block.id ?? target}`),
        `${source} > ${target}`,
      );
      let { path, head } = edge;
      if (from !== undefined) {
        const start = required(pathPoints(path)[0], source);
        const points = from.exit(blockNode(from), source, start).map(pathText);
        path = `M${points.join("L")}L${path.slice(1)}`;
      }
      if (to !== undefined) {
        const borderPoint = required(pathPoints(head)[1], target);
        const { points, base, tip } = to.entry(blockNode(to), target, borderPoint);
        path = `${path}L${[borderPoint, ...points, base].map(pathText).join("L")}`;
        head = arrowheadPath(base, tip);
      }
      return { source, target, optional, path, head };
    }),
    frames: layout.frames.map((frame, index) => ({ ...frame, members: frames[index]?.members ?? frame.members })),
  };
}

function required<Part>(part: Part | undefined, name: string): Part {
  if (part === undefined) throw new Error(`The layout has no position for ${JSON.stringify(name)}.`);
  return part;
}
