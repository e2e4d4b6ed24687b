/** The places of a graph: those on the page, or new ones where the page shows it in another way. */

import { shows } from "../graph/drawn.ts";
import type { Layout, Pane } from "../graph/layout.ts";
import { LayoutClient } from "../graph/layout-client.ts";
import type { ShownGraph } from "../graph/shown-graph.ts";

const SHEET: Pane = { width: 1000, height: 700 };

/** @throws Error with a sentence for the visitor */
export async function layoutFor(graph: ShownGraph, present: Layout | null): Promise<Layout> {
  if (graph.nodes.length === 0) throw new Error("There is nothing to draw yet.");
  if (present !== null && shows(present, graph)) return present;
  const layout = await new LayoutClient().layout(graph, SHEET);
  if (layout === null) throw new Error("The graph has changed meanwhile. Try again.");
  return layout;
}
