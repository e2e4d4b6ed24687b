/** A queue of layout requests for one worker. A worker that crashes or hangs is replaced before the next request. */

import type { DisplayGraph } from "./display-graph.ts";
import type { Layout, Pane } from "./layout.ts";
import type { LayoutReply, LayoutRequest } from "./layout-messages.ts";

/** The part of a `Worker` that this module uses. */
export interface LayoutWorker {
  postMessage(request: LayoutRequest): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<LayoutReply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

interface QueuedRequest {
  request: LayoutRequest;
  resolve: (layout: Layout) => void;
  reject: (error: Error) => void;
}

const TIMEOUT_MS = 20_000;

export class LayoutQueue {
  readonly #start: () => LayoutWorker;
  readonly #timeoutMs: number;
  readonly #queue: QueuedRequest[] = [];
  #worker: LayoutWorker | null = null;
  #active: QueuedRequest | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #id = 0;

  constructor(start: () => LayoutWorker, timeoutMs = TIMEOUT_MS) {
    this.#start = start;
    this.#timeoutMs = timeoutMs;
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
    const next = this.#active === null ? this.#queue.shift() : undefined;
    if (next === undefined) return;
    this.#active = next;
    try {
      this.#worker ??= this.#startWorker();
      this.#worker.postMessage(next.request);
    } catch (error) {
      this.#fail(error instanceof Error ? error.message : String(error));
      return;
    }
    this.#timer = setTimeout(() => this.#fail(`it took longer than ${this.#timeoutMs / 1000} s.`), this.#timeoutMs);
  }

  #startWorker(): LayoutWorker {
    const worker = this.#start();
    worker.onmessage = ({ data }) => this.#settle(data);
    worker.onerror = (event) => {
      event.preventDefault?.();
      this.#fail(event.message || "the layout worker could not be loaded.");
    };
    return worker;
  }

  #settle(reply: LayoutReply): void {
    const active = this.#active;
    if (active === null || active.request.id !== reply.id) return;
    this.#clearActive();
    if (reply.kind === "layout") active.resolve(reply.layout);
    else active.reject(new Error(reply.message));
    this.#next();
  }

  #fail(reason: string): void {
    const active = this.#active;
    this.#worker?.terminate();
    this.#worker = null;
    this.#clearActive();
    active?.reject(new Error(`The graph could not be laid out: ${reason}`));
    this.#next();
  }

  #clearActive(): void {
    clearTimeout(this.#timer);
    this.#active = null;
  }
}
