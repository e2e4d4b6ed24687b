/** Layout requests from one graph pane. All panes on a page share a worker, which starts with the first request. */

import type { DisplayGraph } from "./display-graph.ts";
import type { Layout, Pane } from "./layout.ts";
import { LayoutQueue } from "./layout-queue.ts";

const sharedQueue = new LayoutQueue(
  () => new Worker(new URL("./layout.worker.ts", import.meta.url), { type: "module" }),
);

interface LatestRequest {
  graph: DisplayGraph;
  pane: Pane;
  settle: (layout: Promise<Layout> | null) => void;
}

export class LayoutClient {
  readonly #queue: Pick<LayoutQueue, "layout">;
  #isBusy = false;
  #latest: LatestRequest | null = null;

  constructor(queue: Pick<LayoutQueue, "layout"> = sharedQueue) {
    this.#queue = queue;
  }

  /** Resolve to the layout, or to null if a newer request replaced this one. Reject if the layout fails. */
  layout(graph: DisplayGraph, pane: Pane): Promise<Layout | null> {
    this.#latest?.settle(null);
    return new Promise((resolve) => {
      this.#latest = { graph, pane, settle: resolve };
      if (!this.#isBusy) void this.#process();
    });
  }

  /** Send only the newest request, so that typing does not queue up requests while the worker is busy. */
  async #process(): Promise<void> {
    this.#isBusy = true;
    while (this.#latest !== null) {
      const request: LatestRequest = this.#latest;
      const answer = this.#queue.layout(request.graph, request.pane);
      await answer.catch(() => undefined);
      // A newer request has already resolved this one to null.
      if (this.#latest === request) {
        this.#latest = null;
        request.settle(answer);
      }
    }
    this.#isBusy = false;
  }
}
