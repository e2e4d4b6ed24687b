/** What passes between a page and its layout worker. */

import type { Layout, Pane } from "./layout.ts";
import type { ShownGraph } from "./shown-graph.ts";

export interface LayoutRequest {
  id: number;
  graph: ShownGraph;
  pane: Pane;
}

export type LayoutReply =
  | { kind: "layout"; id: number; layout: Layout }
  | { kind: "failed"; id: number; message: string };
