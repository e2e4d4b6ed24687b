/** The part of a drawing that is highlighted with the selected node: everything upstream and downstream of it. */

import type { EdgeView, GraphView } from "../protocol.ts";
import { lineageOf } from "../selection/lineage.ts";
import { edgeKey } from "./display-graph.ts";

export interface LineageHighlight {
  nodes: ReadonlySet<string>;
  edges: ReadonlySet<string>;
}

/** Return the lineage of a node. It is computed on the unfolded dataflow, because a group would connect unrelated nodes. */
export function lineageHighlight(
  dataflow: GraphView,
  drawnAs: ReadonlyMap<string, string>,
  selected: string,
): LineageHighlight | null {
  if (!dataflow.nodes.some((node) => node.name === selected)) return null;
  const { upstream, downstream } = lineageOf(dataflow, selected);
  const drawnName = (name: string): string => drawnAs.get(name) ?? name;
  const isInLineage = ({ source, target }: EdgeView): boolean =>
    (upstream.has(source) && (target === selected || upstream.has(target))) ||
    (downstream.has(target) && (source === selected || downstream.has(source)));
  return {
    nodes: new Set([...upstream, ...downstream].map(drawnName)),
    edges: new Set(
      dataflow.edges
        .filter(isInLineage)
        .map((edge) => edgeKey({ source: drawnName(edge.source), target: drawnName(edge.target) })),
    ),
  };
}
