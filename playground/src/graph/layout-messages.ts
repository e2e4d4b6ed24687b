/** What passes between a page and its layout worker. */

import type { GraphView } from "../protocol.ts";
import type { Layout, Pane } from "./layout.ts";

export interface LayoutRequest {
  id: number;
  graph: GraphView;
  pane: Pane;
}

export type LayoutReply =
  | { kind: "layout"; id: number; layout: Layout }
  | { kind: "failed"; id: number; message: string };
