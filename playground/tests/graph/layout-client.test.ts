import { describe, expect, test } from "vitest";
import type { Layout } from "../../src/graph/layout.ts";
import { LayoutClient } from "../../src/graph/layout-client.ts";
import type { LayoutReply, LayoutRequest } from "../../src/graph/layout-messages.ts";
import { LayoutQueue, type LayoutWorker } from "../../src/graph/layout-queue.ts";
import { graphOf } from "./graphs.ts";

const PANE = { width: 600, height: 400 };

/** A fake worker that answers when the test says so. */
class SlowWorker implements LayoutWorker {
  onmessage: LayoutWorker["onmessage"] = null;
  onerror: LayoutWorker["onerror"] = null;
  readonly requests: LayoutRequest[] = [];
  ended = false;

  postMessage(request: LayoutRequest): void {
    this.requests.push(request);
  }

  terminate(): void {
    this.ended = true;
  }

  get names(): string[] {
    return this.requests.map((request) => request.graph.nodes[0]?.name ?? "");
  }

  answer(layout = layoutOf(this.names.at(-1) ?? "")): void {
    this.reply({ kind: "layout", id: this.requests.at(-1)?.id ?? 0, layout });
  }

  reply(data: LayoutReply): void {
    this.onmessage?.({ data } as MessageEvent<LayoutReply>);
  }

  crash(message: string): void {
    this.onerror?.({ message } as ErrorEvent);
  }
}

function layoutOf(name: string): Layout {
  return {
    direction: "TB",
    width: 1,
    height: 1,
    nodes: [{ name, x: 0, y: 0, width: 1, height: 1 }],
    edges: [],
    frames: [],
  };
}

function queueWith(timeoutMs?: number): { queue: LayoutQueue; workers: SlowWorker[]; worker: () => SlowWorker } {
  const workers: SlowWorker[] = [];
  const start = (): SlowWorker => {
    workers.push(new SlowWorker());
    return workers.at(-1) as SlowWorker;
  };
  const queue = timeoutMs === undefined ? new LayoutQueue(start) : new LayoutQueue(start, timeoutMs);
  return { queue, workers, worker: () => workers.at(-1) as SlowWorker };
}

/** Let settled promises run their callbacks. */
async function settlePromises(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
}

describe("a layout client", () => {
  test("starts one worker for all clients, at the first request", async () => {
    const { queue, workers, worker } = queueWith();
    const [a, b] = [new LayoutClient(queue), new LayoutClient(queue)];
    expect(workers).toHaveLength(0);
    const first = a.layout(graphOf("a"), PANE);
    const second = b.layout(graphOf("b"), PANE);
    worker().answer();
    await first;
    worker().answer();
    expect([await first, await second]).toEqual([layoutOf("a"), layoutOf("b")]);
    expect(workers).toHaveLength(1);
  });

  test("resolves superseded requests to null and skips those in between", async () => {
    const { queue, worker } = queueWith();
    const client = new LayoutClient(queue);
    const layouts = ["a", "b", "c"].map((name) => client.layout(graphOf(name), PANE));
    worker().answer();
    await settlePromises();
    expect(worker().names).toEqual(["a", "c"]);
    worker().answer();
    expect(await Promise.all(layouts)).toEqual([null, null, layoutOf("c")]);
  });

  test("reports why a layout failed, and requests the next one", async () => {
    const { queue, worker, workers } = queueWith();
    const client = new LayoutClient(queue);
    const failing = client.layout(graphOf("a"), PANE);
    worker().reply({ kind: "failed", id: 1, message: "Graphviz could not start: no wasm" });
    await expect(failing).rejects.toThrow("Graphviz could not start: no wasm");
    const next = client.layout(graphOf("b"), PANE);
    await settlePromises();
    worker().answer();
    expect(await next).toEqual(layoutOf("b"));
    expect(workers).toHaveLength(1);
  });

  test("starts a new worker after a crash", async () => {
    const { queue, worker, workers } = queueWith();
    const client = new LayoutClient(queue);
    const crashing = client.layout(graphOf("a"), PANE);
    worker().crash("out of memory");
    await expect(crashing).rejects.toThrow("The graph could not be laid out: out of memory");
    expect(worker().ended).toBe(true);
    const next = client.layout(graphOf("b"), PANE);
    await settlePromises();
    worker().answer();
    expect(await next).toEqual(layoutOf("b"));
    expect(workers).toHaveLength(2);
  });

  test("does not lose a client's request in a crash caused by another's", async () => {
    const { queue, worker } = queueWith();
    const crashing = new LayoutClient(queue).layout(graphOf("a"), PANE);
    const waiting = new LayoutClient(queue).layout(graphOf("b"), PANE);
    worker().crash("");
    await expect(crashing).rejects.toThrow("the layout worker could not be loaded");
    worker().answer();
    expect(await waiting).toEqual(layoutOf("b"));
  });

  test("terminates a worker that does not answer", async () => {
    const { queue, worker } = queueWith(1);
    await expect(new LayoutClient(queue).layout(graphOf("a"), PANE)).rejects.toThrow("it took longer than 0.001 s");
    expect(worker().ended).toBe(true);
  });

  test("reports why no worker could be created", async () => {
    const queue = new LayoutQueue(() => {
      throw new Error("workers are not allowed here");
    });
    await expect(new LayoutClient(queue).layout(graphOf("a"), PANE)).rejects.toThrow("workers are not allowed here");
  });
});
