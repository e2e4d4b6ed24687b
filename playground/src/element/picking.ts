/** A mode in which a learner picks nodes in the graph instead of inspecting them. */

import type { GraphPicks } from "../graph/pick-marks.ts";
import type { GraphView } from "../protocol.ts";
import { select } from "../selection/selector.ts";
import type { WorkspaceEvent } from "../state/events.ts";

export interface Picking {
  picks: GraphPicks;
  /** The learner clicked a node, or pressed Enter or Space on it. */
  onToggle(node: string): void;
  /** The learner typed a selector that matches these nodes. */
  onSelect(nodes: ReadonlySet<string>): void;
}

/** Report the nodes that a typed selector matches. An empty selector leaves the picks as they are. */
export function reportSelector(picking: Picking, graph: GraphView, event: WorkspaceEvent): void {
  if (event.kind !== "selector-set" || event.selector.text.trim() === "") return;
  picking.onSelect(select(graph, event.selector.text).names);
}
