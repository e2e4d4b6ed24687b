import { describe, expect, test } from "vitest";
import type { GraphView, Reply, Request } from "../../src/protocol.ts";
import { Stopped, Superseded } from "../../src/runtime/failures.ts";
import { Questions } from "../../src/runtime/request-queue.ts";

const EMPTY: GraphView = { nodes: [], edges: [], problems: [] };

/** Questions to a Python that only remembers what it was asked. */
function opened(): { questions: Questions; asked: Request[] } {
  const questions = new Questions();
  const asked: Request[] = [];
  questions.open((request) => asked.push(request));
  return { questions, asked };
}

function graphFor(request: Request | undefined, session = request?.session ?? ""): Reply {
  return { kind: "graph", id: request?.id ?? 0, session, graph: EMPTY };
}

describe("questions to Python", () => {
  test("an answer reaches whom it answers, whatever the order", async () => {
    const { questions, asked } = opened();
    const first = questions.ask("preview", { session: "a", node: "x" });
    const second = questions.ask("preview", { session: "a", node: "y" });
    const preview = { kind: "scalar", type: "int", text: "2" } as const;
    questions.hear({ kind: "preview", id: asked[1]?.id ?? 0, session: "a", node: "y", preview });
    questions.hear({ kind: "preview", id: asked[0]?.id ?? 0, session: "a", node: "x", preview: null });
    await expect(second).resolves.toMatchObject({ preview });
    await expect(first).resolves.toMatchObject({ preview: null });
  });

  test("of several outlines that wait for the same session, only the newest is asked", async () => {
    const { questions, asked } = opened();
    const outlines = ["1", "2", "3"].map((text) => questions.ask("outline", { session: "a", files: { "m.py": text } }));
    expect(asked).toHaveLength(1);
    await expect(outlines[1]).rejects.toThrow(Superseded);
    questions.hear(graphFor(asked[0]));
    await outlines[0];
    expect(asked[1]).toMatchObject({ kind: "outline", files: { "m.py": "3" } });
    questions.hear(graphFor(asked[1]));
    await outlines[2];
  });

  test("sessions don't wait for one another", () => {
    const { questions, asked } = opened();
    questions.ask("outline", { session: "a", files: {} });
    questions.ask("outline", { session: "b", files: {} });
    expect(asked.map((request) => request.session)).toEqual(["a", "b"]);
  });

  test.each<[string, (request: Request | undefined) => Reply]>([
    ["to nobody's question", () => graphFor(undefined)],
    ["for another session", (request) => graphFor(request, "b")],
    ["of another kind", (request) => ({ kind: "closed", id: request?.id ?? 0, session: "a" })],
  ])("a reply %s is dropped", async (_, forge) => {
    const { questions, asked } = opened();
    const outline = questions.ask("outline", { session: "a", files: {} });
    questions.hear(forge(asked[0]));
    questions.hear(graphFor(asked[0]));
    await expect(outline).resolves.toMatchObject({ graph: EMPTY });
  });

  test("states are told only while their run is under way", async () => {
    const { questions, asked } = opened();
    const told: string[] = [];
    const run = questions.ask("run", { session: "a", files: {}, outputs: null }, (node, state) => {
      told.push(`${node} ${state}`);
    });
    const id = asked[0]?.id ?? 0;
    questions.hear({ kind: "state", id, session: "a", node: "x", state: "running" });
    questions.hear({ kind: "state", id: id + 1, session: "a", node: "y", state: "running" });
    questions.rejectAll(new Stopped());
    questions.hear({ kind: "state", id, session: "a", node: "z", state: "running" });
    await expect(run).rejects.toThrow(Stopped);
    expect(told).toEqual(["x running"]);
  });

  test("what is asked before anybody is there is asked later, unless it was given up", async () => {
    const questions = new Questions();
    const closed = questions.ask("outline", { session: "closed", files: {} });
    questions.ask("outline", { session: "kept", files: {} });
    questions.rejectSession("closed", new Superseded());
    await expect(closed).rejects.toThrow(Superseded);
    const asked: string[] = [];
    questions.open((request) => asked.push(request.session));
    expect(asked).toEqual(["kept"]);
  });

  test("a rejected session says whether Python is busy with one of its requests", async () => {
    const { questions, asked } = opened();
    const rejected = [];
    expect(questions.rejectSession("a", new Superseded())).toBe(false);
    rejected.push(questions.ask("outline", { session: "a", files: {} }));
    rejected.push(questions.ask("outline", { session: "a", files: {} })); // waits for the first
    expect(questions.rejectSession("b", new Superseded())).toBe(false);
    expect(questions.rejectSession("a", new Superseded())).toBe(true);
    for (const outline of rejected) await expect(outline).rejects.toThrow(Superseded);
    questions.shut();
    const unsent = questions.ask("outline", { session: "a", files: {} });
    expect(questions.rejectSession("a", new Superseded())).toBe(false);
    await expect(unsent).rejects.toThrow(Superseded);
    expect(asked).toHaveLength(1);
  });

  test("stopping rejects what runs and what waits", async () => {
    const { questions } = opened();
    const outlines = [1, 2].map(() => questions.ask("outline", { session: "a", files: {} }));
    questions.rejectAll(new Stopped());
    for (const outline of outlines) await expect(outline).rejects.toThrow(Stopped);
  });

  test("only a reply of the right kind, session and request is awaited, and only until it came", () => {
    const { questions } = opened();
    const run = questions.ask("run", { session: "a", files: {}, outputs: null });
    run.catch(() => undefined);
    const answer = { id: 1, session: "a", kind: "result" } as const;
    expect(questions.awaits(answer)).toBe(true);
    expect(questions.awaits({ ...answer, kind: "state" })).toBe(true);
    expect(questions.awaits({ ...answer, kind: "crashed" })).toBe(true);
    expect(questions.awaits({ ...answer, kind: "graph" })).toBe(false);
    expect(questions.awaits({ ...answer, id: 2 })).toBe(false);
    expect(questions.awaits({ ...answer, session: "b" })).toBe(false);
    questions.rejectAll(new Stopped("Stopped."));
    expect(questions.awaits(answer)).toBe(false);
  });

  test("a run may report so many states, and no request but a run reports any", () => {
    const { questions } = opened();
    questions.ask("run", { session: "a", files: {}, outputs: null });
    questions.ask("outline", { session: "b", files: {} });
    const state = { id: 1, session: "a", kind: "state" } as const;
    const awaited = Array.from({ length: 150_000 }, () => questions.awaits(state));
    expect(awaited.lastIndexOf(true)).toBe(59_999);
    expect(questions.awaits({ ...state, kind: "result" })).toBe(true);
    expect(questions.awaits({ id: 2, session: "b", kind: "state" })).toBe(false);
  });
});
