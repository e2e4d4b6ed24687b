/** Layouts for one graph pane. All panes of a page share one worker, which starts at the first request. */

import type { DisplayGraph } from "./display-graph.ts";
import type { Layout, Pane } from "./layout.ts";
import { LayoutQueue } from "./layout-queue.ts";

const page = new LayoutQueue(() => new Worker(new URL("./layout.worker.ts", import.meta.url), { type: "module" }));

interface Wanted {
  graph: DisplayGraph;
  pane: Pane;
  settle: (layout: Promise<Layout> | null) => void;
}

export class LayoutClient {
  readonly #desk: Pick<LayoutQueue, "layout">;
  #asking = false;
  #wanted: Wanted | null = null;

  constructor(desk: Pick<LayoutQueue, "layout"> = page) {
    this.#desk = desk;
  }

  /** Null when a newer request of this client took the place of this one. Rejects when there can be no layout. */
  layout(graph: DisplayGraph, pane: Pane): Promise<Layout | null> {
    this.#wanted?.settle(null);
    return new Promise((resolve) => {
      this.#wanted = { graph, pane, settle: resolve };
      if (!this.#asking) void this.#ask();
    });
  }

  /** Asks for the newest only: what is typed while the worker is busy does not queue up. */
  async #ask(): Promise<void> {
    this.#asking = true;
    while (this.#wanted !== null) {
      const wanted: Wanted = this.#wanted;
      const answer = this.#desk.layout(wanted.graph, wanted.pane);
      await answer.catch(() => undefined);
      // A request that came meanwhile has settled this one with null already.
      if (this.#wanted === wanted) {
        this.#wanted = null;
        wanted.settle(answer);
      }
    }
    this.#asking = false;
  }
}
