/** The layout of an exported graph: the layout on the page, or a new layout if the page shows the graph differently. */

import type { DisplayGraph } from "../graph/display-graph.ts";
import { isLayoutOf } from "../graph/drawable.ts";
import type { Layout, Pane } from "../graph/layout.ts";
import { LayoutClient } from "../graph/layout-client.ts";

const SHEET: Pane = { width: 1000, height: 700 };

/** @throws Error with a message for the visitor */
export async function layoutFor(graph: DisplayGraph, present: Layout | null): Promise<Layout> {
  if (graph.nodes.length === 0) throw new Error("The graph is empty.");
  if (present !== null && isLayoutOf(present, graph)) return present;
  const layout = await new LayoutClient().layout(graph, SHEET);
  if (layout === null) throw new Error("The graph has changed. Try again.");
  return layout;
}
