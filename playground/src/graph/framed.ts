/** A dataflow drawn in full: every node, and a frame around those of each module where there are several. */

import type { GraphView } from "../protocol.ts";
import { groupsOf } from "./groups.ts";
import { shownOf } from "./shown.ts";
import type { ShownGraph } from "./shown-graph.ts";

export function framed(graph: GraphView): ShownGraph {
  return shownOf(graph, [], null, groupsOf(graph)).graph;
}
