import { describe, expect, test } from "vitest";
import type { Layout } from "../../src/graph/layout.ts";
import { LayoutClient } from "../../src/graph/layout-client.ts";
import type { LayoutReply, LayoutRequest } from "../../src/graph/layout-messages.ts";
import { LayoutQueue, type LayoutWorker } from "../../src/graph/layout-queue.ts";
import { graphOf } from "./graphs.ts";

const PANE = { width: 600, height: 400 };

/** A worker that answers when the test says so. */
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

function deskWith(longest?: number): { desk: LayoutQueue; workers: SlowWorker[]; worker: () => SlowWorker } {
  const workers: SlowWorker[] = [];
  const start = (): SlowWorker => {
    workers.push(new SlowWorker());
    return workers.at(-1) as SlowWorker;
  };
  const desk = longest === undefined ? new LayoutQueue(start) : new LayoutQueue(start, longest);
  return { desk, workers, worker: () => workers.at(-1) as SlowWorker };
}

/** Lets all promises that are settled run on. */
async function turn(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
}

describe("a layout client", () => {
  test("starts no worker before the first request, and one for all", async () => {
    const { desk, workers, worker } = deskWith();
    const [one, other] = [new LayoutClient(desk), new LayoutClient(desk)];
    expect(workers).toHaveLength(0);
    const first = one.layout(graphOf("a"), PANE);
    const second = other.layout(graphOf("b"), PANE);
    worker().answer();
    await first;
    worker().answer();
    expect([await first, await second]).toEqual([layoutOf("a"), layoutOf("b")]);
    expect(workers).toHaveLength(1);
  });

  test("answers null to what a newer request took the place of, and never asks for what lies between", async () => {
    const { desk, worker } = deskWith();
    const client = new LayoutClient(desk);
    const layouts = ["a", "b", "c"].map((name) => client.layout(graphOf(name), PANE));
    worker().answer();
    await turn();
    expect(worker().names).toEqual(["a", "c"]);
    worker().answer();
    expect(await Promise.all(layouts)).toEqual([null, null, layoutOf("c")]);
  });

  test("says why there is no layout, and asks again for the next", async () => {
    const { desk, worker, workers } = deskWith();
    const client = new LayoutClient(desk);
    const failing = client.layout(graphOf("a"), PANE);
    worker().reply({ kind: "failed", id: 1, message: "Graphviz could not start: no wasm" });
    await expect(failing).rejects.toThrow("Graphviz could not start: no wasm");
    const next = client.layout(graphOf("b"), PANE);
    await turn();
    worker().answer();
    expect(await next).toEqual(layoutOf("b"));
    expect(workers).toHaveLength(1);
  });

  test("has a fresh worker after a crash", async () => {
    const { desk, worker, workers } = deskWith();
    const client = new LayoutClient(desk);
    const crashing = client.layout(graphOf("a"), PANE);
    worker().crash("out of memory");
    await expect(crashing).rejects.toThrow("The graph could not be laid out: out of memory");
    expect(worker().ended).toBe(true);
    const next = client.layout(graphOf("b"), PANE);
    await turn();
    worker().answer();
    expect(await next).toEqual(layoutOf("b"));
    expect(workers).toHaveLength(2);
  });

  test("does not let the crash of one client's graph take another's", async () => {
    const { desk, worker } = deskWith();
    const crashing = new LayoutClient(desk).layout(graphOf("a"), PANE);
    const waiting = new LayoutClient(desk).layout(graphOf("b"), PANE);
    worker().crash("");
    await expect(crashing).rejects.toThrow("the layout worker could not be loaded");
    worker().answer();
    expect(await waiting).toEqual(layoutOf("b"));
  });

  test("ends a worker that does not answer", async () => {
    const { desk, worker } = deskWith(1);
    await expect(new LayoutClient(desk).layout(graphOf("a"), PANE)).rejects.toThrow("it took longer than 0.001 s");
    expect(worker().ended).toBe(true);
  });

  test("says why when no worker can be made", async () => {
    const desk = new LayoutQueue(() => {
      throw new Error("workers are not allowed here");
    });
    await expect(new LayoutClient(desk).layout(graphOf("a"), PANE)).rejects.toThrow("workers are not allowed here");
  });
});
