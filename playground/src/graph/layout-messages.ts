/** Messages between a page and its layout worker. */

import type { DisplayGraph } from "./display-graph.ts";
import type { Layout, Pane } from "./layout.ts";

export interface LayoutRequest {
  id: number;
  graph: DisplayGraph;
  pane: Pane;
}

export type LayoutReply =
  | { kind: "layout"; id: number; layout: Layout }
  | { kind: "failed"; id: number; message: string };
