/** A graph as it is drawn: nodes, or groups that are folded into one node each, and frames around others. */

import type { EdgeView, GraphView, NodeView } from "../protocol.ts";

export interface NodeGroup {
  /** No node has such a name: it holds a space. */
  id: string;
  label: string;
  members: readonly string[];
  /** The members that a run computes: no inputs, no config. */
  computed: readonly string[];
}

export interface DisplayNode extends NodeView {
  /** What the node stands for, where that is a folded group. */
  group?: NodeGroup;
}

/** A frame around nodes that are drawn: those of an unfolded group. */
export type DisplayFrame = Pick<NodeGroup, "id" | "label" | "members">;

export interface DisplayGraph extends GraphView {
  nodes: DisplayNode[];
  frames?: readonly DisplayFrame[];
}

/** Tells edges apart by what they connect. */
export function edgeKey({ source, target }: Pick<EdgeView, "source" | "target">): string {
  return JSON.stringify([source, target]);
}
