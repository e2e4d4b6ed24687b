/** A graph with places for its parts, in CSS pixels from the top left corner. */

/** Which way the values flow: from top to bottom, or from left to right. */
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
  /** The `d` of an SVG path, from the source's border to where the arrowhead begins. */
  path: string;
  /** The `d` of the arrowhead, whose tip is on the target's border. */
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
