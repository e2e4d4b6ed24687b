/** The full drawing of a dataflow: all nodes, framed by module if there are several. */

import type { GraphView } from "../protocol.ts";
import type { DisplayGraph } from "./display-graph.ts";
import { foldGraph } from "./folding.ts";
import { groupsOf } from "./groups.ts";

export function withModuleFrames(graph: GraphView): DisplayGraph {
  return foldGraph(graph, [], null, groupsOf(graph)).graph;
}
