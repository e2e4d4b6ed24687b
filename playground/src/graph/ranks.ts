/** The nodes in a graph in flow order: each rank depends only on earlier ranks. */

import type { GraphView, NodeView } from "../protocol.ts";
import { drawableGraph } from "./drawable.ts";

/** Rank nodes by their longest path from a root. Nodes on or after a cycle come last. */
export function ranksOf(graph: GraphView): NodeView[][] {
  const { nodes, edges } = drawableGraph(graph);
  const unmet = new Map(nodes.map((node) => [node, 0]));
  const nodesByName = new Map(nodes.map((node) => [node.name, node]));
  const usersOf = new Map<string, NodeView[]>(nodes.map((node) => [node.name, []]));
  for (const { source, target } of edges) {
    const user = nodesByName.get(target);
    if (user === undefined) continue;
    unmet.set(user, (unmet.get(user) ?? 0) + 1);
    usersOf.get(source)?.push(user);
  }
  const ranks: NodeView[][] = [];
  let rank = nodes.filter((node) => unmet.get(node) === 0);
  while (rank.length > 0) {
    ranks.push(rank);
    for (const node of rank) unmet.delete(node);
    rank = rank.flatMap((node) => (usersOf.get(node.name) ?? []).filter((fed) => isReady(unmet, fed)));
  }
  return unmet.size > 0 ? [...ranks, [...unmet.keys()]] : ranks;
}

function isReady(missing: Map<NodeView, number>, node: NodeView): boolean {
  const remaining = (missing.get(node) ?? 0) - 1;
  missing.set(node, remaining);
  return remaining === 0;
}
