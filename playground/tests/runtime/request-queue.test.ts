import { describe, expect, test } from "vitest";
import type { GraphView, Reply, Request } from "../../src/protocol.ts";
import { Stopped, Superseded } from "../../src/runtime/failures.ts";
import { MAX_STATES } from "../../src/runtime/limits.ts";
import { RequestQueue } from "../../src/runtime/request-queue.ts";

const EMPTY: GraphView = { nodes: [], edges: [], problems: [] };

/** A queue connected to a fake Python that only records its requests. */
function connectedQueue(): { queue: RequestQueue; sent: Request[] } {
  const queue = new RequestQueue();
  const sent: Request[] = [];
  queue.connect((request) => sent.push(request));
  return { queue, sent };
}

function graphFor(request: Request | undefined, session = request?.session ?? ""): Reply {
  return { kind: "graph", id: request?.id ?? 0, session, graph: EMPTY };
}

describe("the request queue", () => {
  test("an answer resolves its request, whatever the order", async () => {
    const { queue, sent } = connectedQueue();
    const first = queue.request("preview", { session: "a", node: "x" });
    const second = queue.request("preview", { session: "a", node: "y" });
    const preview = { kind: "scalar", type: "int", text: "2" } as const;
    queue.receive({ kind: "preview", id: sent[1]?.id ?? 0, session: "a", node: "y", preview });
    queue.receive({ kind: "preview", id: sent[0]?.id ?? 0, session: "a", node: "x", preview: null });
    await expect(second).resolves.toMatchObject({ preview });
    await expect(first).resolves.toMatchObject({ preview: null });
  });

  test("of several outlines that wait for the same session, only the newest is sent", async () => {
    const { queue, sent } = connectedQueue();
    const outlines = ["1", "2", "3"].map((text) => queue.request("outline", { session: "a", files: { "m.py": text } }));
    expect(sent).toHaveLength(1);
    await expect(outlines[1]).rejects.toThrow(Superseded);
    queue.receive(graphFor(sent[0]));
    await outlines[0];
    expect(sent[1]).toMatchObject({ kind: "outline", files: { "m.py": "3" } });
    queue.receive(graphFor(sent[1]));
    await outlines[2];
  });

  test("of several completions that wait, only the newest is sent", async () => {
    const { queue, sent } = connectedQueue();
    const [first, second, third] = ["x", "y", "z"].map((node) => queue.request("complete", { session: "a", node }));
    await expect(second).rejects.toThrow(Superseded);
    queue.receive({ kind: "completions", id: sent[0]?.id ?? 0, session: "a", completions: [] });
    await first;
    expect(sent).toMatchObject([{ node: "x" }, { node: "z" }]);
    const completions = [{ name: "rain", type: "float64" }];
    queue.receive({ kind: "completions", id: sent[1]?.id ?? 0, session: "a", completions });
    await expect(third).resolves.toMatchObject({ completions });
  });

  test("sessions don't wait for one another", () => {
    const { queue, sent } = connectedQueue();
    queue.request("outline", { session: "a", files: {} });
    queue.request("outline", { session: "b", files: {} });
    expect(sent.map((request) => request.session)).toEqual(["a", "b"]);
  });

  test.each<[string, (request: Request | undefined) => Reply]>([
    ["to an unknown request", () => graphFor(undefined)],
    ["for another session", (request) => graphFor(request, "b")],
    ["of another kind", (request) => ({ kind: "closed", id: request?.id ?? 0, session: "a" })],
  ])("a reply %s is dropped", async (_, forge) => {
    const { queue, sent } = connectedQueue();
    const outline = queue.request("outline", { session: "a", files: {} });
    queue.receive(forge(sent[0]));
    queue.receive(graphFor(sent[0]));
    await expect(outline).resolves.toMatchObject({ graph: EMPTY });
  });

  test("states are reported only during their run", async () => {
    const { queue, sent } = connectedQueue();
    const states: unknown[] = [];
    const run = queue.request("run", { session: "a", files: {}, outputs: null }, (...reported) => {
      states.push(reported);
    });
    const id = sent[0]?.id ?? 0;
    const elements = { computed: 1, total: 2 };
    queue.receive({ kind: "state", id, session: "a", node: "x", state: "running", elements });
    queue.receive({ kind: "state", id: id + 1, session: "a", node: "y", state: "running" });
    queue.rejectAll(new Stopped());
    queue.receive({ kind: "state", id, session: "a", node: "z", state: "running" });
    await expect(run).rejects.toThrow(Stopped);
    expect(states).toEqual([["x", "running", elements]]);
  });

  test("requests made before the connection are sent once it exists, unless they were rejected", async () => {
    const queue = new RequestQueue();
    const closed = queue.request("outline", { session: "closed", files: {} });
    queue.request("outline", { session: "open", files: {} });
    queue.rejectSession("closed", new Superseded());
    await expect(closed).rejects.toThrow(Superseded);
    const sent: string[] = [];
    queue.connect((request) => sent.push(request.session));
    expect(sent).toEqual(["open"]);
  });

  test("rejecting a session returns whether Python is busy with one of its requests", async () => {
    const { queue, sent } = connectedQueue();
    const rejected = [];
    expect(queue.rejectSession("a", new Superseded())).toBe(false);
    rejected.push(queue.request("outline", { session: "a", files: {} }));
    rejected.push(queue.request("outline", { session: "a", files: {} })); // waits for the first outline
    expect(queue.rejectSession("b", new Superseded())).toBe(false);
    expect(queue.rejectSession("a", new Superseded())).toBe(true);
    for (const outline of rejected) await expect(outline).rejects.toThrow(Superseded);
    queue.disconnect();
    const unsent = queue.request("outline", { session: "a", files: {} });
    expect(queue.rejectSession("a", new Superseded())).toBe(false);
    await expect(unsent).rejects.toThrow(Superseded);
    expect(sent).toHaveLength(1);
  });

  test("stopping rejects running and waiting requests", async () => {
    const { queue } = connectedQueue();
    const outlines = [1, 2].map(() => queue.request("outline", { session: "a", files: {} }));
    queue.rejectAll(new Stopped());
    for (const outline of outlines) await expect(outline).rejects.toThrow(Stopped);
  });

  test("only a reply of the right kind, session and request is expected, and only once", () => {
    const { queue } = connectedQueue();
    const run = queue.request("run", { session: "a", files: {}, outputs: null });
    run.catch(() => undefined);
    const answer = { id: 1, session: "a", kind: "result" } as const;
    expect(queue.expects(answer)).toBe(true);
    expect(queue.expects({ ...answer, kind: "state" })).toBe(true);
    expect(queue.expects({ ...answer, kind: "crashed" })).toBe(true);
    expect(queue.expects({ ...answer, kind: "graph" })).toBe(false);
    expect(queue.expects({ ...answer, id: 2 })).toBe(false);
    expect(queue.expects({ ...answer, session: "b" })).toBe(false);
    queue.rejectAll(new Stopped("Stopped."));
    expect(queue.expects(answer)).toBe(false);
  });

  test("only runs report states, up to a limit", () => {
    const { queue } = connectedQueue();
    queue.request("run", { session: "a", files: {}, outputs: null });
    queue.request("outline", { session: "b", files: {} });
    const state = { id: 1, session: "a", kind: "state" } as const;
    const expected = Array.from({ length: 150_000 }, () => queue.expects(state));
    expect(expected.lastIndexOf(true)).toBe(MAX_STATES - 1);
    expect(queue.expects({ ...state, kind: "result" })).toBe(true);
    expect(queue.expects({ id: 2, session: "b", kind: "state" })).toBe(false);
  });
});
