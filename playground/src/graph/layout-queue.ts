/** One worker, asked one thing at a time. A worker that crashes or hangs is ended; the next request has a fresh one. */

import type { DisplayGraph } from "./display-graph.ts";
import type { Layout, Pane } from "./layout.ts";
import type { LayoutReply, LayoutRequest } from "./layout-messages.ts";

/** The part of a `Worker` that is needed. */
export interface LayoutWorker {
  postMessage(request: LayoutRequest): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<LayoutReply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

interface Waiting {
  request: LayoutRequest;
  resolve: (layout: Layout) => void;
  reject: (error: Error) => void;
}

const LONGEST = 20_000;

export class LayoutQueue {
  readonly #start: () => LayoutWorker;
  readonly #longest: number;
  readonly #queue: Waiting[] = [];
  #worker: LayoutWorker | null = null;
  #asked: Waiting | null = null;
  #limit: ReturnType<typeof setTimeout> | undefined;
  #id = 0;

  constructor(start: () => LayoutWorker, longest = LONGEST) {
    this.#start = start;
    this.#longest = longest;
  }

  layout(graph: DisplayGraph, pane: Pane): Promise<Layout> {
    this.#id += 1;
    const request = { id: this.#id, graph, pane };
    return new Promise((resolve, reject) => {
      this.#queue.push({ request, resolve, reject });
      this.#next();
    });
  }

  #next(): void {
    const waiting = this.#asked === null ? this.#queue.shift() : undefined;
    if (waiting === undefined) return;
    this.#asked = waiting;
    try {
      this.#worker ??= this.#started();
      this.#worker.postMessage(waiting.request);
    } catch (error) {
      this.#fail(error instanceof Error ? error.message : String(error));
      return;
    }
    this.#limit = setTimeout(() => this.#fail(`it took longer than ${this.#longest / 1000} s.`), this.#longest);
  }

  #started(): LayoutWorker {
    const worker = this.#start();
    worker.onmessage = ({ data }) => this.#settle(data);
    worker.onerror = (event) => {
      event.preventDefault?.();
      this.#fail(event.message || "its worker could not be loaded.");
    };
    return worker;
  }

  #settle(reply: LayoutReply): void {
    const asked = this.#asked;
    if (asked === null || asked.request.id !== reply.id) return;
    this.#done();
    if (reply.kind === "layout") asked.resolve(reply.layout);
    else asked.reject(new Error(reply.message));
    this.#next();
  }

  #fail(reason: string): void {
    const asked = this.#asked;
    this.#worker?.terminate();
    this.#worker = null;
    this.#done();
    asked?.reject(new Error(`The graph could not be laid out: ${reason}`));
    this.#next();
  }

  #done(): void {
    clearTimeout(this.#limit);
    this.#asked = null;
  }
}
