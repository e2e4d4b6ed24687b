/** Places for the parts of a graph, by Graphviz. The worker of a page and the build of the site both come here. */

import { condense, expand, Grid } from "./blocks.ts";
import { better, likelyDirection } from "./direction.ts";
import type { DisplayGraph } from "./display-graph.ts";
import { dotOf, type Spacing } from "./dot.ts";
import { type DrawableGraph, drawableGraph } from "./drawable.ts";
import type { Direction, LaidOutEdge, LaidOutFrame, LaidOutNode, Layout, Pane } from "./layout.ts";
import { packComponents } from "./pack.ts";
import { arrowheadPath, type PathPoint, pathText, roundToTenth } from "./svg-paths.ts";
import { scaleToFit } from "./view.ts";

/** The part of `@hpcc-js/wasm-graphviz` that is needed. */
export interface Graphviz {
  layout(dot: string, format: "json", engine: "dot"): string;
}

/** Up to here both directions are laid out and the better is taken; of a larger graph one, by a guess. */
const MOST_FOR_ALL = 40;
/** Where a graph would be drawn smaller than this, its parts move closer together. */
const ROOMY = 0.8;
/** Grids and rows are not what Graphviz would draw, so they must gain this much. */
const WORTH_ARRANGING = 1.1;

export function computeLayout(graphviz: Graphviz, graph: DisplayGraph, pane: Pane): Layout {
  const drawn = drawableGraph(graph);
  if (drawn.nodes.length === 0) return { direction: "TB", width: 0, height: 0, nodes: [], edges: [], frames: [] };
  const { graph: small, blocks } = condense(graph);
  const gathered = blocks.reduce((sum, { members }) => sum + members.length, 0);
  // Graphviz takes longest for long ranks, and nobody can read them.
  const isMostlyBlocks = drawn.nodes.length > MOST_FOR_ALL && gathered > drawn.nodes.length / 2;
  const usual = isMostlyBlocks ? null : ranked(graphviz, graph, pane);
  if (usual !== null && scaleToFit(usual, pane) >= ROOMY) return usual;
  const arranged = packComponents(blocks.length === 0 ? (usual ?? ranked(graphviz, graph, pane)) : inBlocks(), pane);
  const isBetter = usual === null || scaleToFit(arranged, pane) > scaleToFit(usual, pane) * WORTH_ARRANGING;
  return isBetter ? arranged : usual;

  function inBlocks(): Layout {
    const place = (direction: Direction, shape: Pane): Layout => {
      const grids = blocks.map((block) => new Grid(block, direction, shape));
      const sizes = new Map(grids.map((grid) => [grid.block.id, grid.size]));
      const answer = graphviz.layout(dotOf(small, direction, "tight", sizes), "json", "dot");
      return expand(parsed(answer, drawableGraph(small), direction), graph, grids);
    };
    // Several blocks share the pane: one above the other, or side by side.
    const shares = blocks.length > 1 ? [1, blocks.length, 1 / blocks.length] : [1];
    const shapes = shares.map((share) => ({ width: pane.width * share, height: pane.height }));
    const best = (direction: Direction): Layout =>
      shapes
        .map((shape) => place(direction, shape))
        .reduce((one, other) => (scaleToFit(other, pane) > scaleToFit(one, pane) ? other : one));
    if (small.nodes.length > MOST_FOR_ALL) return best(likelyDirection(small, pane));
    return better(best("TB"), best("LR"), pane);
  }
}

/** Every node in the rank that Graphviz gives it. */
function ranked(graphviz: Graphviz, graph: DisplayGraph, pane: Pane): Layout {
  const drawn = drawableGraph(graph);
  const place = (direction: Direction, spacing: Spacing): Layout =>
    parsed(graphviz.layout(dotOf(graph, direction, spacing), "json", "dot"), drawn, direction);
  if (drawn.nodes.length > MOST_FOR_ALL) return place(likelyDirection(graph, pane), "tight");
  const layout = better(place("TB", "easy"), place("LR", "easy"), pane);
  return scaleToFit(layout, pane) < ROOMY ? better(place("TB", "tight"), place("LR", "tight"), pane) : layout;
}

/** What of Graphviz' answer is read. Places are in points, upward from the bottom left corner; sizes are in inches. */
interface Answer {
  bb: string;
  objects: (PlacedNode | PlacedFrame)[];
  edges?: { id: string; pos: string }[];
}

interface PlacedNode {
  name: string;
  pos: string;
  width: string;
  height: string;
}

interface PlacedFrame {
  /** `cluster` and a number. */
  name: string;
  bb: string;
}

function parsed(json: string, drawn: DrawableGraph, direction: Direction): Layout {
  const answer = JSON.parse(json) as Answer;
  const [left = 0, bottom = 0, right = 0, top = 0] = answer.bb.split(",").map(Number);
  const place = (text: string): PathPoint => {
    const [x = 0, y = 0] = text.split(",").map(Number);
    return [x - left, top - y];
  };
  const frames = answer.objects.filter(isFrame).map(({ name, bb }): LaidOutFrame => {
    const [fromX = 0, fromY = 0, toX = 0, toY = 0] = bb.split(",").map(Number);
    const size = { width: roundToTenth(toX - fromX), height: roundToTenth(toY - fromY) };
    return { ...at(drawn.frames, name), x: roundToTenth(fromX - left), y: roundToTenth(top - toY), ...size };
  });
  const nodes = answer.objects.filter(isNode).map(({ name, pos, width, height }): LaidOutNode => {
    const [x, y] = place(pos);
    const size = { width: Math.round(Number(width) * 72), height: Math.round(Number(height) * 72) };
    return {
      name: at(drawn.nodes, name).name,
      x: roundToTenth(x - size.width / 2),
      y: roundToTenth(y - size.height / 2),
      ...size,
    };
  });
  const edges = (answer.edges ?? []).map(({ id, pos }): LaidOutEdge => {
    const { source, target, optional } = at(drawn.edges, id);
    return { source, target, optional, ...strokesOf(pos, place) };
  });
  return { direction, width: roundToTenth(right - left), height: roundToTenth(top - bottom), nodes, edges, frames };
}

function isFrame(part: PlacedNode | PlacedFrame): part is PlacedFrame {
  return "bb" in part;
}

function isNode(part: PlacedNode | PlacedFrame): part is PlacedNode {
  return !isFrame(part);
}

/** The part that an id such as `n12`, `e3` or `cluster0` numbers. */
function at<Part>(parts: readonly Part[], id: string): Part {
  const part = parts[Number(id.replace(/^\D+/, ""))];
  if (part === undefined)
    throw new Error(`Graphviz answered with ${JSON.stringify(id)}, which it was not asked about.`);
  return part;
}

/** `e,<tip> <start> <control> <control> <point> …`: one start, then three places for each piece of the curve. */
function strokesOf(pos: string, place: (text: string) => PathPoint): Pick<LaidOutEdge, "path" | "head"> {
  const words = pos.split(" ");
  const end = words.find((word) => word.startsWith("e,"));
  const points = words.filter((word) => !/^[es],/.test(word)).map(place);
  const [start, ...curve] = points;
  const base = points.at(-1);
  if (start === undefined || base === undefined) throw new Error("Graphviz answered with an edge without places.");
  const tip = end === undefined ? base : place(end.slice(2));
  return { path: `M${pathText(start)}C${curve.map(pathText).join(" ")}`, head: arrowheadPath(base, tip) };
}
