import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Reply, Request } from "../../src/protocol.ts";
import { Deferred } from "../../src/runtime/deferred.ts";
import { BootFailed } from "../../src/runtime/failures.ts";
import type { ProcessEvents } from "../../src/runtime/python-process.ts";
import type { CodeOrigin } from "../../src/runtime/runtime.ts";
import type { RuntimeFiles } from "../../src/runtime/runtime-files.ts";
import { SandboxedRuntime } from "../../src/runtime/sandboxed-runtime.ts";

/** A Python process, with the requests that it received. */
interface FakeProcess {
  requests: Request[];
  modules: string[];
  expected: string[];
  /** Resolved when the optional packs are loaded. */
  optional: Deferred<void>;
  events: ProcessEvents;
  hasEnded: boolean;
}

let processes: FakeProcess[];

vi.mock("../../src/runtime/python-process.ts", () => ({
  PythonProcess: class {
    readonly #process: FakeProcess;

    constructor(_manifest: URL, _files: unknown, events: ProcessEvents) {
      this.#process = { requests: [], modules: [], expected: [], optional: new Deferred(), events, hasEnded: false };
      processes.push(this.#process);
    }

    send(request: Request): void {
      this.#process.requests.push(request);
    }

    install(): void {}

    loadModules(modules: Iterable<string>): void {
      this.#process.modules.push(...modules);
    }

    loadOptional(): Promise<void> {
      return this.#process.optional.promise;
    }

    expectModules(modules: Iterable<string>): void {
      this.#process.expected.push(...modules);
    }

    end(): void {
      this.#process.hasEnded = true;
    }
  },
}));

const RUN = { ok: true, seconds: 0, ran: 0, reused: 0, total: 0, nodes: {}, outputs: {}, problems: [] };
const GRAPH = { nodes: [], edges: [], problems: [] };

/** Let the latest process answer the last request that it received. */
async function answer(): Promise<void> {
  const { requests, events } = processes.at(-1) as FakeProcess;
  const { id, session } = requests.at(-1) as Request;
  events.received({ kind: "result", id, session, result: { ...RUN, graph: GRAPH } });
  await vi.advanceTimersByTimeAsync(0);
}

async function become(stage: "ready"): Promise<void> {
  processes.at(-1)?.events[stage]();
  await vi.advanceTimersByTimeAsync(0);
}

function run(runtime: SandboxedRuntime, session: string, origin: CodeOrigin): Promise<unknown> {
  return runtime.run(session, {}, null, () => undefined, undefined, origin);
}

beforeEach(() => {
  processes = [];
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe("the runtime", () => {
  test("code from another origin runs in a new Python process after earlier requests are answered", async () => {
    const runtime = new SandboxedRuntime(new URL("https://flows.example/runtime/"), {} as RuntimeFiles);
    const first = run(runtime, "a", "untrusted one");
    const second = run(runtime, "b", "untrusted two");
    await become("ready");
    expect(processes.map(({ requests }) => requests.map(({ session }) => session))).toEqual([["a"]]);
    await answer();
    await first;
    expect(processes).toHaveLength(2);
    expect(processes[0]?.hasEnded).toBe(true);
    await become("ready");
    await answer();
    await second;
    expect(processes.map(({ requests }) => requests.map(({ session }) => session))).toEqual([["a"], ["b"]]);
  });

  test("a request that immediately follows an answer goes to the same Python process", async () => {
    const runtime = new SandboxedRuntime(new URL("https://flows.example/runtime/"), {} as RuntimeFiles);
    const first = run(runtime, "a", "untrusted one").then(() => runtime.preview("a", "total"));
    first.catch(() => undefined);
    void run(runtime, "b", "untrusted two").catch(() => undefined);
    await become("ready");
    await answer();
    expect(processes.map(({ requests }) => requests.map(({ kind }) => kind))).toEqual([["run", "preview"]]);
  });

  test("keys are requested once Python is ready, even while it runs code", async () => {
    const runtime = new SandboxedRuntime(new URL("https://flows.example/runtime/"), {} as RuntimeFiles);
    expect(await runtime.keys("a", "sales")).toEqual([]);
    expect(processes).toHaveLength(0);
    void run(runtime, "a", "visitor");
    expect(await runtime.keys("a", "sales")).toEqual([]);
    await become("ready");
    const keys = runtime.keys("a", "sales");
    const { requests, events } = processes[0] as FakeProcess;
    const request = requests.at(-1) as Request;
    expect(request).toMatchObject({ kind: "complete", session: "a", node: "sales" });
    const completions = [{ name: "rain", type: "float64" }];
    events.received({ kind: "completions", id: request.id, session: "a", completions });
    expect(await keys).toEqual(completions);
  });

  test("attributes are requested once their library is loaded, even while Python runs code", async () => {
    const runtime = new SandboxedRuntime(new URL("https://flows.example/runtime/"), {} as RuntimeFiles);
    const position = { file: "flow.py", text: "pd.", line: 1, column: 3 };
    expect(await runtime.attributes("a", position)).toEqual([]);
    void run(runtime, "a", "visitor");
    await become("ready");
    const { requests, events, optional } = processes[0] as FakeProcess;
    const found = runtime.attributes("a", position);
    await vi.advanceTimersByTimeAsync(0);
    expect(requests.map(({ kind }) => kind)).toEqual(["run"]);
    optional.resolve();
    await vi.advanceTimersByTimeAsync(0);
    const request = requests.at(-1) as Request;
    expect(request).toMatchObject({ kind: "attributes", session: "a", ...position });
    const attributes = [{ name: "head", kind: "function" as const }];
    events.received({ kind: "attributes", id: request.id, session: "a", attributes });
    expect(await found).toEqual(attributes);
  });

  test("attributes are not requested from a Python process that has replaced the one that loaded their library", async () => {
    const runtime = new SandboxedRuntime(new URL("https://flows.example/runtime/"), {} as RuntimeFiles);
    const booted = runtime.boot();
    await become("ready");
    await booted;
    const found = runtime.attributes("a", { file: "flow.py", text: "pd.", line: 1, column: 3 });
    runtime.stop();
    processes[0]?.optional.resolve();
    await become("ready");
    expect(await found).toEqual([]);
    expect(processes[1]?.requests).toEqual([]);
  });

  test("attributes fail if their library cannot be loaded or imported", async () => {
    const runtime = new SandboxedRuntime(new URL("https://flows.example/runtime/"), {} as RuntimeFiles);
    const position = { file: "flow.py", text: "pd.", line: 1, column: 3 };
    const booted = runtime.boot();
    await become("ready");
    await booted;
    const { requests, events, optional } = processes[0] as FakeProcess;
    optional.resolve();
    const failing = runtime.attributes("a", position);
    failing.catch(() => undefined);
    await vi.advanceTimersByTimeAsync(0);
    events.received({ kind: "attributes", id: requests.at(-1)?.id ?? 0, session: "a", attributes: null });
    await expect(failing).rejects.toThrow("Python cannot import the library jedi.");
  });

  test("Python is not replaced before it is ready, because no code has run in it", async () => {
    const runtime = new SandboxedRuntime(new URL("https://flows.example/runtime/"), {} as RuntimeFiles);
    const abandoned = run(runtime, "a", "untrusted one");
    abandoned.catch(() => undefined);
    runtime.abandon("a");
    void run(runtime, "a", "untrusted two");
    await vi.advanceTimersByTimeAsync(0);
    await become("ready");
    expect(processes).toHaveLength(1);
    expect(processes[0]?.requests).toHaveLength(1);
  });

  test("a starting Python process, and the one that replaces it, know what the outlined code imports", async () => {
    const runtime = new SandboxedRuntime(new URL("https://flows.example/runtime/"), {} as RuntimeFiles);
    const files = { "flow.py": "import sklearn\nimport model", "model.py": "", "notes.txt": "import scipy" };
    void runtime.outline("a", files).catch(() => undefined);
    await become("ready");
    runtime.stop();
    expect(processes.map(({ expected }) => expected)).toEqual([["sklearn"], ["sklearn"]]);
  });

  test("a request names the page's graph, and a change in the reply is applied to it", async () => {
    const runtime = new SandboxedRuntime(new URL("https://flows.example/runtime/"), {} as RuntimeFiles);
    const receive = (reply: object): void => {
      const { requests, events } = processes.at(-1) as FakeProcess;
      const { id, session } = requests.at(-1) as Request;
      events.received({ id, session, ...reply } as Reply);
    };
    const outline = runtime.outline("a", {});
    await become("ready");
    receive({ kind: "graph", graph: GRAPH, version: 7 });
    expect(await outline).toEqual(GRAPH);
    const ran = run(runtime, "a", "visitor");
    await vi.advanceTimersByTimeAsync(0);
    expect(processes[0]?.requests.at(-1)).toMatchObject({ kind: "run", since: 7 });
    const change = { since: 7, nodes: [], order: null, edges: null, problems: [] };
    receive({ kind: "result", result: { ...RUN, graph: change }, version: 8 });
    expect(await ran).toEqual({ ...RUN, graph: GRAPH });
    runtime.stop();
    void runtime.outline("a", {}).catch(() => undefined);
    await become("ready");
    expect(processes[1]?.requests.at(-1)).not.toHaveProperty("since");
  });

  test("a run loads the packs that its modules import, and fails if they cannot be loaded", async () => {
    const runtime = new SandboxedRuntime(new URL("https://flows.example/runtime/"), {} as RuntimeFiles);
    const files = { "flow.py": "import scipy", "data.txt": "import pyarrow" };
    const ran = runtime.run("a", files, null, () => undefined, undefined, "visitor");
    await become("ready");
    expect(processes[0]?.modules).toEqual(["scipy"]);
    processes[0]?.events.loadingPacks({ names: ["scipy"], done: 1, of: 2 });
    expect(runtime.status).toMatchObject({ phase: "ready", packs: { names: ["scipy"], done: 1, of: 2 } });
    processes[0]?.events.packsFailed(new BootFailed("scipy.zip is damaged."));
    await expect(ran).rejects.toThrow("scipy.zip is damaged.");
    expect(runtime.status).toMatchObject({ phase: "ready", packs: { failure: "scipy.zip is damaged." } });
    void run(runtime, "a", "visitor");
    expect(runtime.status).toMatchObject({ phase: "ready", packs: null });
  });

  test("a stop rejects runs that wait for a new Python process", async () => {
    const runtime = new SandboxedRuntime(new URL("https://flows.example/runtime/"), {} as RuntimeFiles);
    const [first, second] = [run(runtime, "a", "visitor"), run(runtime, "b", "untrusted two")];
    await become("ready");
    runtime.stop();
    await expect(first).rejects.toThrow("Stopped.");
    await expect(second).rejects.toThrow("Stopped.");
    await become("ready");
    expect(processes.map(({ requests }) => requests.length)).toEqual([1, 0]);
  });
});
