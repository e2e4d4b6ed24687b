/** Chooses the direction of the flow that fills a pane better, by comparing two layouts or by an estimate. */

import type { GraphView } from "../protocol.ts";
import type { Direction, Layout, Pane } from "./layout.ts";
import { measureNode, NODE_HEIGHT } from "./measure.ts";
import { ranksOf } from "./ranks.ts";
import { scaleToFit } from "./view.ts";

/** Use left to right only if it enlarges the graph by this factor. Top to bottom is easier to read. */
const MIN_GAIN = 1.1;
const SIBLING_GAP = 20;
const RANK_GAP_DOWN = 30;
const RANK_GAP_ACROSS = 44;

export function betterLayout(down: Layout, across: Layout, pane: Pane): Layout {
  return scaleToFit(across, pane) > scaleToFit(down, pane) * MIN_GAIN ? across : down;
}

export function likelyDirection(graph: GraphView, pane: Pane): Direction {
  const ranks = ranksOf(graph).map((nodes) => nodes.map((node) => measureNode(node).width));
  const widest = Math.max(...ranks.map((widths) => sum(widths.map((width) => width + SIBLING_GAP))));
  const fullest = Math.max(...ranks.map((widths) => widths.length));
  const down = { width: widest, height: ranks.length * (NODE_HEIGHT + RANK_GAP_DOWN) };
  const across = {
    width: sum(ranks.map((widths) => Math.max(...widths) + RANK_GAP_ACROSS)),
    height: fullest * (NODE_HEIGHT + SIBLING_GAP),
  };
  return scaleToFit(across, pane) > scaleToFit(down, pane) * MIN_GAIN ? "LR" : "TB";
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
