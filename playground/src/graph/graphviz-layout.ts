/** Layouts computed with Graphviz, in the page's worker and in the site's build. */

import { condense, expand, Grid } from "./blocks.ts";
import { betterLayout, likelyDirection } from "./direction.ts";
import type { DisplayGraph } from "./display-graph.ts";
import { dotOf, type Spacing } from "./dot.ts";
import { type DrawableGraph, drawableGraph } from "./drawable.ts";
import type { Direction, LaidOutEdge, LaidOutFrame, LaidOutNode, Layout, Pane } from "./layout.ts";
import { packComponents } from "./pack.ts";
import { arrowheadPath, type PathPoint, pathText, roundToTenth } from "./svg-paths.ts";
import { scaleToFit } from "./view.ts";

/** The part of `@hpcc-js/wasm-graphviz` that this module uses. */
export interface Graphviz {
  layout(dot: string, format: "json", engine: "dot"): string;
}

/**
 * Graphs with up to this many nodes are laid out in both directions to find the better one. For larger graphs, the better
 * direction is estimated.
 */
const MAX_BOTH_DIRECTIONS = 40;
/** A graph whose scale would be smaller than this gets tighter spacing. */
const COMFORTABLE_SCALE = 0.8;
/** Grids and packed rows replace Graphviz's own layout only if they increase the scale by at least this factor. */
const MIN_GAIN = 1.1;

export function computeLayout(graphviz: Graphviz, graph: DisplayGraph, pane: Pane): Layout {
  const drawn = drawableGraph(graph);
  if (drawn.nodes.length === 0) return { direction: "TB", width: 0, height: 0, nodes: [], edges: [], frames: [] };
  const { graph: condensed, blocks } = condense(graph);
  const memberCount = blocks.reduce((sum, { members }) => sum + members.length, 0);
  // Without grids, a graph that consists mostly of blocks would have very long ranks, which are unreadable and slow to lay out.
  const isMostlyBlocks = drawn.nodes.length > MAX_BOTH_DIRECTIONS && memberCount > drawn.nodes.length / 2;
  const plain = isMostlyBlocks ? null : layOutRanks(graphviz, graph, pane);
  if (plain !== null && scaleToFit(plain, pane) >= COMFORTABLE_SCALE) return plain;
  const arranged = packComponents(
    blocks.length === 0 ? (plain ?? layOutRanks(graphviz, graph, pane)) : layOutBlocks(),
    pane,
  );
  const isBetter = plain === null || scaleToFit(arranged, pane) > scaleToFit(plain, pane) * MIN_GAIN;
  return isBetter ? arranged : plain;

  function layOutBlocks(): Layout {
    const layOut = (direction: Direction, shape: Pane): Layout => {
      const grids = blocks.map((block) => new Grid(block, direction, shape));
      const sizes = new Map(grids.map((grid) => [grid.block.id, grid.size]));
      const output = graphviz.layout(dotOf(condensed, direction, "tight", sizes), "json", "dot");
      return expand(parseLayout(output, drawableGraph(condensed), direction), graph, grids);
    };
    // Several blocks share the pane, stacked or side by side.
    const shares = blocks.length > 1 ? [1, blocks.length, 1 / blocks.length] : [1];
    const shapes = shares.map((share) => ({ width: pane.width * share, height: pane.height }));
    const best = (direction: Direction): Layout =>
      shapes
        .map((shape) => layOut(direction, shape))
        .reduce((best, other) => (scaleToFit(other, pane) > scaleToFit(best, pane) ? other : best));
    if (condensed.nodes.length > MAX_BOTH_DIRECTIONS) return best(likelyDirection(condensed, pane));
    return betterLayout(best("TB"), best("LR"), pane);
  }
}

/** Lay out a graph with the ranks that Graphviz chooses. */
function layOutRanks(graphviz: Graphviz, graph: DisplayGraph, pane: Pane): Layout {
  const drawn = drawableGraph(graph);
  const layOut = (direction: Direction, spacing: Spacing): Layout =>
    parseLayout(graphviz.layout(dotOf(graph, direction, spacing), "json", "dot"), drawn, direction);
  if (drawn.nodes.length > MAX_BOTH_DIRECTIONS) return layOut(likelyDirection(graph, pane), "tight");
  const layout = betterLayout(layOut("TB", "easy"), layOut("LR", "easy"), pane);
  return scaleToFit(layout, pane) < COMFORTABLE_SCALE
    ? betterLayout(layOut("TB", "tight"), layOut("LR", "tight"), pane)
    : layout;
}

/**
 * The part of Graphviz's output that this module uses. Positions are in points from the bottom left corner; sizes are in
 * inches.
 */
interface GraphvizOutput {
  bb: string;
  objects: (GraphvizNode | GraphvizFrame)[];
  edges?: { id: string; pos: string }[];
}

interface GraphvizNode {
  name: string;
  pos: string;
  width: string;
  height: string;
}

interface GraphvizFrame {
  /** `cluster` followed by a number. */
  name: string;
  bb: string;
}

function parseLayout(json: string, drawn: DrawableGraph, direction: Direction): Layout {
  const output = JSON.parse(json) as GraphvizOutput;
  const [left = 0, bottom = 0, right = 0, top = 0] = output.bb.split(",").map(Number);
  const toPoint = (text: string): PathPoint => {
    const [x = 0, y = 0] = text.split(",").map(Number);
    return [x - left, top - y];
  };
  const frames = output.objects.filter(isFrame).map(({ name, bb }): LaidOutFrame => {
    const [fromX = 0, fromY = 0, toX = 0, toY = 0] = bb.split(",").map(Number);
    const size = { width: roundToTenth(toX - fromX), height: roundToTenth(toY - fromY) };
    return { ...itemById(drawn.frames, name), x: roundToTenth(fromX - left), y: roundToTenth(top - toY), ...size };
  });
  const nodes = output.objects.filter(isNode).map(({ name, pos, width, height }): LaidOutNode => {
    const [x, y] = toPoint(pos);
    const size = { width: Math.round(Number(width) * 72), height: Math.round(Number(height) * 72) };
    return {
      name: itemById(drawn.nodes, name).name,
      x: roundToTenth(x - size.width / 2),
      y: roundToTenth(y - size.height / 2),
      ...size,
    };
  });
  const edges = (output.edges ?? []).map(({ id, pos }): LaidOutEdge => {
    const { source, target, optional } = itemById(drawn.edges, id);
    return { source, target, optional, ...edgePaths(pos, toPoint) };
  });
  return { direction, width: roundToTenth(right - left), height: roundToTenth(top - bottom), nodes, edges, frames };
}

function isFrame(part: GraphvizNode | GraphvizFrame): part is GraphvizFrame {
  return "bb" in part;
}

function isNode(part: GraphvizNode | GraphvizFrame): part is GraphvizNode {
  return !isFrame(part);
}

/** Return the item to which an id such as `n12`, `e3` or `cluster0` refers. */
function itemById<Part>(parts: readonly Part[], id: string): Part {
  const part = parts[Number(id.replace(/^\D+/, ""))];
  if (part === undefined) throw new Error(`Graphviz returned an unknown id: ${JSON.stringify(id)}.`);
  return part;
}

/** Parse `e,<tip> <start> <control> <control> <point> …`: a start, then three points for each segment of the curve. */
function edgePaths(pos: string, toPoint: (text: string) => PathPoint): Pick<LaidOutEdge, "path" | "head"> {
  const words = pos.split(" ");
  const end = words.find((word) => word.startsWith("e,"));
  const points = words.filter((word) => !/^[es],/.test(word)).map(toPoint);
  const [start, ...curve] = points;
  const base = points.at(-1);
  if (start === undefined || base === undefined) throw new Error("Graphviz returned an edge without points.");
  const tip = end === undefined ? base : toPoint(end.slice(2));
  return { path: `M${pathText(start)}C${curve.map(pathText).join(" ")}`, head: arrowheadPath(base, tip) };
}
