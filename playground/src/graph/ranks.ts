/** The nodes of a graph in the order of its flow: each rank needs only what stands in the ranks before it. */

import type { GraphView, NodeView } from "../protocol.ts";
import { drawableGraph } from "./drawable.ts";

/** By the longest way that leads to a node. What is on a cycle, or behind one, has no such way and comes last. */
export function ranksOf(graph: GraphView): NodeView[][] {
  const { nodes, edges } = drawableGraph(graph);
  const missing = new Map(nodes.map((node) => [node, 0]));
  const named = new Map(nodes.map((node) => [node.name, node]));
  const feeds = new Map<string, NodeView[]>(nodes.map((node) => [node.name, []]));
  for (const { source, target } of edges) {
    const fed = named.get(target);
    if (fed === undefined) continue;
    missing.set(fed, (missing.get(fed) ?? 0) + 1);
    feeds.get(source)?.push(fed);
  }
  const ranks: NodeView[][] = [];
  let rank = nodes.filter((node) => missing.get(node) === 0);
  while (rank.length > 0) {
    ranks.push(rank);
    for (const node of rank) missing.delete(node);
    rank = rank.flatMap((node) => (feeds.get(node.name) ?? []).filter((fed) => isReady(missing, fed)));
  }
  return missing.size > 0 ? [...ranks, [...missing.keys()]] : ranks;
}

function isReady(missing: Map<NodeView, number>, node: NodeView): boolean {
  const left = (missing.get(node) ?? 0) - 1;
  missing.set(node, left);
  return left === 0;
}
