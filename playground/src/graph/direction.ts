/** Which direction would fill a pane better, guessed without laying the graph out. */

import type { GraphView } from "../protocol.ts";
import { drawnOf } from "./drawn.ts";
import type { Direction, Layout, Pane } from "./layout.ts";
import { faceOf, NODE_HEIGHT } from "./measure.ts";
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
  const ranks = widthsByRank(graph);
  const widest = Math.max(...ranks.map((widths) => sum(widths.map((width) => width + BESIDE))));
  const fullest = Math.max(...ranks.map((widths) => widths.length));
  const down = { width: widest, height: ranks.length * (NODE_HEIGHT + BELOW) };
  const across = {
    width: sum(ranks.map((widths) => Math.max(...widths) + ONWARD)),
    height: fullest * (NODE_HEIGHT + BESIDE),
  };
  return scaleToFit(across, pane) > scaleToFit(down, pane) * WORTH_TURNING ? "LR" : "TB";
}

/** The widths of the nodes by the longest way that leads to them; the nodes of a cycle come last. */
function widthsByRank(graph: GraphView): number[][] {
  const { nodes, edges } = drawnOf(graph);
  const waiting = new Map(nodes.map((node) => [node.name, 0]));
  const targets = new Map<string, string[]>(nodes.map((node) => [node.name, []]));
  for (const { source, target } of edges) {
    waiting.set(target, (waiting.get(target) ?? 0) + 1);
    targets.get(source)?.push(target);
  }
  const faces = new Map(nodes.map((node) => [node.name, faceOf(node).width]));
  const ranks: number[][] = [];
  let rank = nodes.filter((node) => waiting.get(node.name) === 0).map((node) => node.name);
  while (rank.length > 0) {
    ranks.push(rank.map((name) => taken(faces, name)));
    const next: string[] = [];
    for (const name of rank) {
      for (const target of targets.get(name) ?? []) {
        const left = (waiting.get(target) ?? 0) - 1;
        waiting.set(target, left);
        if (left === 0) next.push(target);
      }
    }
    rank = next;
  }
  if (faces.size > 0) ranks.push([...faces.values()]);
  return ranks;
}

function taken(faces: Map<string, number>, name: string): number {
  const width = faces.get(name) ?? 0;
  faces.delete(name);
  return width;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
