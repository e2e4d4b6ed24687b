/** Which direction would fill a pane better, guessed without laying the graph out. */

import type { GraphView } from "../protocol.ts";
import type { Direction, Layout, Pane } from "./layout.ts";
import { measureNode, NODE_HEIGHT } from "./measure.ts";
import { ranksOf } from "./ranks.ts";
import { scaleToFit } from "./view.ts";

/** People read down more easily, so left to right must gain this much. */
const WORTH_TURNING = 1.1;
const BESIDE = 20;
const BELOW = 30;
const ONWARD = 44;

export function better(down: Layout, across: Layout, pane: Pane): Layout {
  return scaleToFit(across, pane) > scaleToFit(down, pane) * WORTH_TURNING ? across : down;
}

export function likelyDirection(graph: GraphView, pane: Pane): Direction {
  const ranks = ranksOf(graph).map((nodes) => nodes.map((node) => measureNode(node).width));
  const widest = Math.max(...ranks.map((widths) => sum(widths.map((width) => width + BESIDE))));
  const fullest = Math.max(...ranks.map((widths) => widths.length));
  const down = { width: widest, height: ranks.length * (NODE_HEIGHT + BELOW) };
  const across = {
    width: sum(ranks.map((widths) => Math.max(...widths) + ONWARD)),
    height: fullest * (NODE_HEIGHT + BESIDE),
  };
  return scaleToFit(across, pane) > scaleToFit(down, pane) * WORTH_TURNING ? "LR" : "TB";
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
