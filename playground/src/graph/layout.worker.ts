/** Graphviz in a worker of its own: a large graph never holds up the page. */

import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { computeLayout } from "./graphviz-layout.ts";
import type { LayoutReply, LayoutRequest } from "./layout-messages.ts";

let graphviz: Promise<Graphviz> | null = null;

addEventListener("message", async ({ data }: MessageEvent<LayoutRequest>) => {
  postMessage(await answered(data));
});

async function answered({ id, graph, pane }: LayoutRequest): Promise<LayoutReply> {
  let loaded: Graphviz;
  try {
    graphviz ??= Graphviz.load();
    loaded = await graphviz;
  } catch (error) {
    // A later request may have more luck: what failed is not kept.
    graphviz = null;
    return { kind: "failed", id, message: `Graphviz could not start: ${said(error)}` };
  }
  try {
    return { kind: "layout", id, layout: computeLayout(loaded, graph, pane) };
  } catch (error) {
    return { kind: "failed", id, message: `Graphviz could not lay out the graph: ${said(error)}` };
  }
}

function said(error: unknown): string {
  return error instanceof Error ? error.message.trim() : String(error);
}
