/** A dataflow drawn in full: every node, and a frame around those of each module where there are several. */

import type { GraphView } from "../protocol.ts";
import type { DisplayGraph } from "./display-graph.ts";
import { foldGraph } from "./folding.ts";
import { groupsOf } from "./groups.ts";

export function withModuleFrames(graph: GraphView): DisplayGraph {
  return foldGraph(graph, [], null, groupsOf(graph)).graph;
}
