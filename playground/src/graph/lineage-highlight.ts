/** What of a drawing lights up with the selected node: all that it is made from and that is made from it. */

import type { EdgeView, GraphView } from "../protocol.ts";
import { lineageOf } from "../selection/lineage.ts";
import { edgeKey } from "./display-graph.ts";

export interface LineageHighlight {
  nodes: ReadonlySet<string>;
  edges: ReadonlySet<string>;
}

/** Told from the dataflow itself: a folded group does not lead on what enters it elsewhere. */
export function lineageHighlight(
  whole: GraphView,
  standsFor: ReadonlyMap<string, string>,
  selected: string,
): LineageHighlight | null {
  if (!whole.nodes.some((node) => node.name === selected)) return null;
  const { upstream, downstream } = lineageOf(whole, selected);
  const drawn = (name: string): string => standsFor.get(name) ?? name;
  const onTheWay = ({ source, target }: EdgeView): boolean =>
    (upstream.has(source) && (target === selected || upstream.has(target))) ||
    (downstream.has(target) && (source === selected || downstream.has(source)));
  return {
    nodes: new Set([...upstream, ...downstream].map(drawn)),
    edges: new Set(
      whole.edges.filter(onTheWay).map((edge) => edgeKey({ source: drawn(edge.source), target: drawn(edge.target) })),
    ),
  };
}
