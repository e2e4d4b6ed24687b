/** The graph as drawn: nodes, folded groups as one node each, and frames around unfolded groups. */

import type { EdgeView, GraphView, NodeView } from "../protocol.ts";

export interface NodeGroup {
  /** The group's id. It contains a space, so it never equals a node name. */
  id: string;
  label: string;
  members: readonly string[];
  /** The members that a run computes. Inputs and config are not included. */
  computed: readonly string[];
}

export interface DisplayNode extends NodeView {
  /** The folded group that the node represents. */
  group?: NodeGroup;
}

/** A frame around the nodes of an unfolded group. */
export type DisplayFrame = Pick<NodeGroup, "id" | "label" | "members">;

export interface DisplayGraph extends GraphView {
  nodes: DisplayNode[];
  frames?: readonly DisplayFrame[];
}

/** Return a key that identifies an edge by the nodes it connects. */
export function edgeKey({ source, target }: Pick<EdgeView, "source" | "target">): string {
  return JSON.stringify([source, target]);
}
