/** A worker that runs Graphviz, so that large graphs do not block the page. */

import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { computeLayout } from "./graphviz-layout.ts";
import type { LayoutReply, LayoutRequest } from "./layout-messages.ts";

let graphviz: Promise<Graphviz> | null = null;

addEventListener("message", async ({ data }: MessageEvent<LayoutRequest>) => {
  postMessage(await reply(data));
});

async function reply({ id, graph, pane }: LayoutRequest): Promise<LayoutReply> {
  let loaded: Graphviz;
  try {
    graphviz ??= Graphviz.load();
    loaded = await graphviz;
  } catch (error) {
    // Loading again may succeed.
    graphviz = null;
    return { kind: "failed", id, message: `Graphviz could not start: ${errorText(error)}` };
  }
  try {
    return { kind: "layout", id, layout: computeLayout(loaded, graph, pane) };
  } catch (error) {
    return { kind: "failed", id, message: `Graphviz could not lay out the graph: ${errorText(error)}` };
  }
}

function errorText(error: unknown): string {
  return error instanceof Error ? error.message.trim() : String(error);
}
