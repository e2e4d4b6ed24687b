/** The positions of a graph's nodes, edges and frames, in CSS pixels from the top left corner. */

/** The direction of the flow: top to bottom, or left to right. */
export type Direction = "TB" | "LR";

export interface LaidOutNode {
  name: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface LaidOutEdge {
  source: string;
  target: string;
  optional: boolean;
  /** The `d` attribute of the SVG path from the source's border to the start of the arrowhead. */
  path: string;
  /** The `d` attribute of the arrowhead, whose tip is on the target's border. */
  head: string;
}

/** A frame around the nodes of an unfolded module. */
export interface LaidOutFrame {
  id: string;
  label: string;
  members: readonly string[];
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Layout {
  direction: Direction;
  width: number;
  height: number;
  nodes: LaidOutNode[];
  edges: LaidOutEdge[];
  frames: LaidOutFrame[];
}

export interface Pane {
  width: number;
  height: number;
}
