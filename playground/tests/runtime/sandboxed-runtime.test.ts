import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Reply, Request } from "../../src/protocol.ts";
import type { Witness } from "../../src/runtime/python-process.ts";
import type { CodeOrigin } from "../../src/runtime/runtime.ts";
import { SealedRuntime } from "../../src/runtime/sandboxed-runtime.ts";

/** The lives of Python so far: what each was asked. */
let lives: { asked: Request[]; witness: Witness; hasEnded: boolean }[];

vi.mock("../../src/runtime/python-process.ts", () => ({
  Life: class {
    readonly #life: (typeof lives)[number];

    constructor(_manifest: URL, _supply: unknown, witness: Witness) {
      this.#life = { asked: [], witness, hasEnded: false };
      lives.push(this.#life);
    }

    ask(request: Request): void {
      this.#life.asked.push(request);
    }

    install(): void {}

    end(): void {
      this.#life.hasEnded = true;
    }
  },
}));

const RUN = { ok: true, seconds: 0, ran: 0, reused: 0, total: 0, nodes: {}, outputs: {}, problems: [] };
const GRAPH = { nodes: [], edges: [], problems: [] };

/** The latest Python answers the request that it was asked last. */
async function answer(): Promise<void> {
  const { asked, witness } = lives.at(-1) as (typeof lives)[number];
  const { id, session } = asked.at(-1) as Request;
  witness.heard({ kind: "result", id, session, result: { ...RUN, graph: GRAPH } });
  await vi.advanceTimersByTimeAsync(0);
}

async function become(stage: "ready"): Promise<void> {
  lives.at(-1)?.witness[stage]();
  await vi.advanceTimersByTimeAsync(0);
}

function run(runtime: SealedRuntime, session: string, origin: CodeOrigin): Promise<unknown> {
  return runtime.run(session, {}, null, () => undefined, undefined, origin);
}

beforeEach(() => {
  lives = [];
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe("the runtime", () => {
  test("code of another origin runs in a new Python, and what it follows is heard first", async () => {
    const runtime = new SealedRuntime(new URL("https://flows.example/runtime/"));
    const first = run(runtime, "a", "untrusted one");
    const second = run(runtime, "b", "untrusted two");
    await become("ready");
    expect(lives.map(({ asked }) => asked.map(({ session }) => session))).toEqual([["a"]]);
    await answer();
    await first;
    expect(lives).toHaveLength(2);
    expect(lives[0]?.hasEnded).toBe(true);
    await become("ready");
    await answer();
    await second;
    expect(lives.map(({ asked }) => asked.map(({ session }) => session))).toEqual([["a"], ["b"]]);
  });

  test("what follows at once from an answer is asked of the same Python", async () => {
    const runtime = new SealedRuntime(new URL("https://flows.example/runtime/"));
    const first = run(runtime, "a", "untrusted one").then(() => runtime.preview("a", "total"));
    first.catch(() => undefined);
    void run(runtime, "b", "untrusted two").catch(() => undefined);
    await become("ready");
    await answer();
    expect(lives.map(({ asked }) => asked.map(({ kind }) => kind))).toEqual([["run", "preview"]]);
  });

  test("before Python is ready nothing has run in it, and it need not be replaced", async () => {
    const runtime = new SealedRuntime(new URL("https://flows.example/runtime/"));
    const left = run(runtime, "a", "untrusted one");
    left.catch(() => undefined);
    runtime.abandon("a");
    void run(runtime, "a", "untrusted two");
    await vi.advanceTimersByTimeAsync(0);
    await become("ready");
    expect(lives).toHaveLength(1);
    expect(lives[0]?.asked).toHaveLength(1);
  });

  test("a request names the graph that the page has, and a change in the reply is applied to that", async () => {
    const runtime = new SealedRuntime(new URL("https://flows.example/runtime/"));
    const hear = (reply: object): void => {
      const { asked, witness } = lives.at(-1) as (typeof lives)[number];
      const { id, session } = asked.at(-1) as Request;
      witness.heard({ id, session, ...reply } as Reply);
    };
    const outline = runtime.outline("a", {});
    await become("ready");
    hear({ kind: "graph", graph: GRAPH, version: 7 });
    expect(await outline).toEqual(GRAPH);
    const ran = run(runtime, "a", "visitor");
    await vi.advanceTimersByTimeAsync(0);
    expect(lives[0]?.asked.at(-1)).toMatchObject({ kind: "run", since: 7 });
    const change = { since: 7, nodes: [], order: null, edges: null, problems: [] };
    hear({ kind: "result", result: { ...RUN, graph: change }, version: 8 });
    expect(await ran).toEqual({ ...RUN, graph: GRAPH });
    runtime.stop();
    void runtime.outline("a", {}).catch(() => undefined);
    await become("ready");
    expect(lives[1]?.asked.at(-1)).not.toHaveProperty("since");
  });

  test("a stop ends runs that wait for a Python of their own", async () => {
    const runtime = new SealedRuntime(new URL("https://flows.example/runtime/"));
    const [first, second] = [run(runtime, "a", "visitor"), run(runtime, "b", "untrusted two")];
    await become("ready");
    runtime.stop();
    await expect(first).rejects.toThrow("Stopped.");
    await expect(second).rejects.toThrow("Stopped.");
    await become("ready");
    expect(lives.map(({ asked }) => asked.length)).toEqual([1, 0]);
  });
});
