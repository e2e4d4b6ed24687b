/** Differences between two graphs, drawn as one graph with the nodes and edges of both. */

import { getOwn } from "../get-own.ts";
import type { GraphChanges, NodeChange } from "../graph/change-marks.ts";
import type { ComparisonView, EdgeView, GraphView, NodeView } from "../protocol.ts";

/** Merge two graphs: the nodes of `after`, followed by the removed nodes. */
export function mergeGraphs(before: GraphView, after: GraphView): GraphView {
  return {
    nodes: [...after.nodes, ...missingIn(after.nodes, before.nodes, (node) => node.name)],
    edges: [...after.edges, ...missingIn(after.edges, before.edges, edgeKey)],
    problems: [],
  };
}

/**
 * Compute how each node and edge has changed.
 *
 * @param comparison Python's comparison; null until it arrives. Until then, only names are compared
 */
export function changesBetween(before: GraphView, after: GraphView, comparison: ComparisonView | null): GraphChanges {
  const [left, right] = [before, after].map((graph) => new Set(graph.edges.map(edgeKey))) as [Set<string>, Set<string>];
  const nodes = Object.fromEntries(
    mergeGraphs(before, after).nodes.map(({ name }) => [
      name,
      nodeChange(has(before.nodes, name), has(after.nodes, name), name, comparison),
    ]),
  );
  return {
    nodes,
    edge(edge) {
      const key = edgeKey(edge);
      if (!left.has(key)) return "added";
      return right.has(key) ? "same" : "removed";
    },
  };
}

function nodeChange(
  wasPresent: boolean,
  isPresent: boolean,
  name: string,
  comparison: ComparisonView | null,
): NodeChange {
  if (!wasPresent) return "added";
  if (!isPresent) return "removed";
  const comparedNode = getOwn(comparison?.nodes, name);
  if (comparedNode?.code === "changed") return "changed";
  return comparedNode?.value === "different" ? "affected" : "same";
}

/** Return the number of changes of each kind as text, such as "1 added, 2 changed". */
export function countsText({ nodes }: GraphChanges): string {
  const kinds = Object.values(nodes);
  const counts = (["added", "removed", "changed", "affected"] as const).flatMap((kind) => {
    const count = kinds.filter((nodeChange) => nodeChange === kind).length;
    return count === 0 ? [] : [`${count} ${kind === "affected" ? "with a different value" : kind}`];
  });
  return counts.length === 0 ? "No nodes differ" : counts.join(", ");
}

function missingIn<Item>(from: readonly Item[], items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  const keys = new Set(from.map(keyOf));
  return items.filter((item) => !keys.has(keyOf(item)));
}

function has(nodes: readonly NodeView[], name: string): boolean {
  return nodes.some((node) => node.name === name);
}

function edgeKey({ source, target }: Pick<EdgeView, "source" | "target">): string {
  return JSON.stringify([source, target]);
}
