import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Example } from "../../src/example.ts";
import { RunController } from "../../src/execution/run-controller.ts";
import type {
  AttributeView,
  CheckView,
  ComparisonView,
  CompletionView,
  ElementsView,
  ExportView,
  FieldTexts,
  Files,
  GraphView,
  NodeKind,
  NodeState,
  NodeView,
  Preview,
  RunView,
} from "../../src/protocol.ts";
import { Stopped, Superseded } from "../../src/runtime/failures.ts";
import type { CodeOrigin, PythonRuntime, RuntimeStatus } from "../../src/runtime/runtime.ts";
import type { WorkspaceEvent } from "../../src/state/events.ts";
import { Store } from "../../src/state/store.ts";
import { emptyWorkspace, NO_VALUES } from "../../src/state/workspace.ts";

const EMPTY: GraphView = { nodes: [], edges: [], problems: [] };
const BROKEN: GraphView = {
  ...EMPTY,
  problems: [
    {
      kind: "SyntaxError",
      severity: "error",
      message: "'(' was never closed",
      file: "flow.py",
      line: 1,
      column: 6,
      node: null,
      frames: [],
    },
  ],
};

interface StartedRun {
  files: Files;
  fieldTexts: FieldTexts | undefined;
  origin: CodeOrigin;
  onState(node: string, state: NodeState, elements?: ElementsView): void;
  end(result: RunView): void;
}

/** A fake Python that answers outline requests at once and ends a run when the test says so. */
class FakeRuntime implements PythonRuntime {
  readonly status: RuntimeStatus = { phase: "ready", complete: true, seconds: 0, packs: null };
  readonly runs: StartedRun[] = [];
  readonly outlined: Files[] = [];
  graph = EMPTY;
  stops = 0;
  abandoned = 0;
  #reject: ((reason: Error) => void)[] = [];

  #tell: (status: RuntimeStatus) => void = () => undefined;

  subscribe(listener: (status: RuntimeStatus) => void): () => void {
    this.#tell = listener;
    return () => undefined;
  }

  tell(status: RuntimeStatus): void {
    this.#tell(status);
  }

  async boot(): Promise<void> {}

  readonly stamped: (boolean | undefined)[] = [];

  async outline(_session: string, files: Files, _values?: FieldTexts, stamps?: boolean): Promise<GraphView> {
    this.outlined.push(files);
    this.stamped.push(stamps);
    return this.graph;
  }

  run(
    _session: string,
    files: Files,
    _outputs: readonly string[] | null,
    onState: StartedRun["onState"],
    fieldTexts: FieldTexts | undefined,
    origin: CodeOrigin,
  ) {
    return new Promise<RunView>((end, reject) => {
      this.runs.push({ files, fieldTexts, origin, onState, end });
      this.#reject.push(reject);
    });
  }

  async preview(): Promise<Preview | null> {
    return null;
  }

  async keys(): Promise<readonly CompletionView[]> {
    return [];
  }

  async attributes(): Promise<readonly AttributeView[]> {
    return [];
  }

  async describe(): Promise<null> {
    return null;
  }

  async compare(): Promise<ComparisonView> {
    return { nodes: {} };
  }

  async check(): Promise<CheckView> {
    return { passed: false, message: "Not in these tests.", criteria: [] };
  }

  async export(): Promise<ExportView> {
    return { name: "", files: {}, notes: [], refusal: "Not in these tests." };
  }

  install(): void {}

  /** A request that ends only when Python is stopped. */
  unanswered(): Promise<never> {
    return new Promise((_, reject) => this.#reject.push(reject));
  }

  stop(): void {
    this.stops += 1;
    this.#rejectAll(new Stopped("Stopped."));
  }

  abandon(): void {
    this.abandoned += 1;
    this.#rejectAll(new Superseded("Different code was opened."));
  }

  #rejectAll(reason: Error): void {
    for (const reject of this.#reject) reject(reason);
    this.#reject = [];
  }

  async close(): Promise<void> {}
}

function ran(seconds: number): RunView {
  const nodes = { price: { state: "succeeded" as const, seconds } };
  return { ok: true, seconds, ran: 1, reused: 0, total: 1, nodes, outputs: {}, graph: EMPTY, problems: [] };
}

function node(name: string, kind: NodeKind): NodeView {
  const nowhere = { function: null, module: null, file: null, line: null, end: null };
  return { name, kind, type: "int", doc: "", tags: {}, output: false, ...nowhere };
}

function opened(text: string, trusted = true): Extract<WorkspaceEvent, { kind: "opened" }> {
  const files = { "flow.py": text };
  return { kind: "opened", title: "Flow", example: null, files, outputs: null, selected: null, trusted };
}

function edited(text: string): WorkspaceEvent {
  return { kind: "edited", file: "flow.py", text };
}

describe("the run controller", () => {
  let runtime: FakeRuntime;
  let store: Store;
  let controller: RunController;

  function begin({ autoRun = true, trusted = true, fieldTexts = NO_VALUES, graph = EMPTY } = {}): void {
    runtime = new FakeRuntime();
    runtime.graph = graph;
    store = new Store(emptyWorkspace(autoRun));
    controller = new RunController(store, runtime, "one");
    store.send({ ...opened("a = 1", trusted), fieldTexts });
    controller.wake();
  }

  const textsRun = (): (string | undefined)[] => runtime.runs.map((run) => run.files["flow.py"]);
  const pause = (): Promise<unknown> => vi.advanceTimersByTimeAsync(300);

  async function answered(seconds = 0): Promise<void> {
    runtime.runs.at(-1)?.end(ran(seconds));
    await vi.advanceTimersByTimeAsync(0);
  }

  beforeEach(() => {
    vi.useFakeTimers();
    return () => vi.useRealTimers();
  });

  it("runs an example's code when the visitor first uses the element", () => {
    begin();
    expect(textsRun()).toEqual(["a = 1"]);
  });

  describe("on a page with results from the site's build", () => {
    function show(seconds: number): void {
      const { files } = opened("a = 1");
      const example: Example = {
        name: "flow",
        title: "Flow",
        summary: "",
        files,
        credits: {},
        outputs: null,
        graph: EMPTY,
        run: ran(seconds),
      };
      runtime = new FakeRuntime();
      store = new Store(emptyWorkspace(true));
      controller = new RunController(store, runtime, "one");
      store.send({ ...opened("a = 1"), example });
      store.send(edited("a = 2"));
    }

    it("repeats a short run before the first edit, so that the edit reruns only what it affects", async () => {
      show(0.1);
      await pause();
      expect(textsRun()).toEqual(["a = 1"]);
      expect(runtime.runs[0]?.origin).toBe("site");
      await answered();
      expect(textsRun()).toEqual(["a = 1", "a = 2"]);
      await answered();
      store.send(edited("a = 3"));
      await pause();
      expect(textsRun()).toEqual(["a = 1", "a = 2", "a = 3"]);
    });

    it("does not repeat a long run", async () => {
      show(3);
      await pause();
      expect(textsRun()).toEqual(["a = 2", "a = 2"]); // one run when the element wakes, and one after the pause
    });

    it("does not run the edit if the repeated run is stopped", async () => {
      show(0.1);
      await pause();
      controller.stop();
      await vi.advanceTimersByTimeAsync(0);
      expect(textsRun()).toEqual(["a = 1"]);
      expect(store.workspace.running).toBeNull();
    });
  });

  it("outlines on each edit and runs once after a pause in typing", async () => {
    begin();
    await answered();
    store.send(edited("a = 2"));
    await vi.advanceTimersByTimeAsync(200);
    store.send(edited("a = 23"));
    await vi.advanceTimersByTimeAsync(200);
    expect(textsRun()).toEqual(["a = 1"]);
    await vi.advanceTimersByTimeAsync(100);
    expect(textsRun()).toEqual(["a = 1", "a = 23"]);
    expect(runtime.outlined.map((files) => files["flow.py"])).toEqual(["a = 1", "a = 2", "a = 23"]);
  });

  it("requests stamps once a value may be stale", async () => {
    begin();
    await answered();
    store.send(edited("a = 2"));
    expect(runtime.stamped).toEqual([false, true]);
  });

  it("catches up by waiting for the active run, and runs later edits at once", async () => {
    begin();
    const first = controller.catchUp();
    await answered();
    await first;
    await controller.catchUp();
    expect(textsRun()).toEqual(["a = 1"]);
    store.send(edited("a = 2"));
    const second = controller.catchUp();
    await vi.advanceTimersByTimeAsync(0);
    expect(textsRun()).toEqual(["a = 1", "a = 2"]);
    await answered();
    await second;
    await pause();
    expect(runtime.runs).toHaveLength(2);
  });

  it("waits until the packages in the metadata are checked and none is missing", async () => {
    const code = '# /// script\n# dependencies = ["rich"]\n# ///\na = ';
    begin();
    await answered();
    const check = (text: string, areMet: boolean) =>
      store.send({ kind: "packages-checked", files: { "flow.py": text }, areMet });
    store.send(edited(`${code}1`));
    await pause();
    check(`${code}1`, false);
    controller.run();
    expect(textsRun()).toEqual(["a = 1"]);
    check(`${code}1`, true);
    expect(textsRun()).toEqual(["a = 1", `${code}1`]);
    await answered();
    store.send(edited(`${code}2`));
    await pause();
    expect(textsRun()).toEqual(["a = 1", `${code}1`, `${code}2`]);
  });

  it("does not catch up with untrusted code, and gives up if the run is stopped", async () => {
    begin({ trusted: false });
    await controller.catchUp();
    expect(runtime.runs).toEqual([]);
    store.send({ kind: "trusted" });
    const waiting = controller.catchUp();
    controller.stop();
    await expect(waiting).rejects.toThrow("The run was stopped.");
    expect(runtime.runs).toHaveLength(1);
  });

  it("stops an endless run first when it catches up with an edit", async () => {
    begin();
    store.send(edited("a = 2"));
    const waiting = controller.catchUp();
    await vi.advanceTimersByTimeAsync(0);
    expect(runtime.stops).toBe(1);
    expect(textsRun()).toEqual(["a = 1", "a = 2"]);
    expect(store.workspace.running?.request.files).toEqual({ "flow.py": "a = 2" });
    await answered();
    await waiting;
    expect(store.workspace).toMatchObject({
      running: null,
      notice: null,
      completedSpec: { files: { "flow.py": "a = 2" } },
    });
  });

  it("runs again when it catches up after Python has restarted", async () => {
    begin();
    await answered();
    runtime.tell({ phase: "booting", stage: "core", done: 0, of: 1, secondsLeft: null, restarting: true });
    void controller.catchUp();
    expect(textsRun()).toEqual(["a = 1", "a = 1"]);
  });

  it("does not run code with a syntax error", async () => {
    begin();
    await answered();
    runtime.graph = BROKEN;
    store.send(edited("def a("));
    await pause();
    expect(runtime.runs).toHaveLength(1);
  });

  it("waits for Run if auto-run is off", async () => {
    begin({ autoRun: false });
    store.send(edited("a = 2"));
    await pause();
    expect(runtime.runs).toHaveLength(0);
    controller.run();
    expect(textsRun()).toEqual(["a = 2"]);
  });

  it.each([
    ["slow", 1],
    ["quick", 2],
  ])(
    "runs an edit to a %s function automatically or waits for Run, depending on how long the function takes",
    async (changed, runs) => {
      const stamped = (stamp: string): GraphView => ({
        ...EMPTY,
        nodes: ["slow", "quick"].map((name) => ({ ...node(name, "function"), stamp: name === changed ? stamp : "" })),
      });
      begin({ graph: stamped("before") });
      const nodes = {
        slow: { state: "succeeded" as const, seconds: 2.5 },
        quick: { state: "succeeded" as const, seconds: 0.1 },
      };
      runtime.runs[0]?.end({ ...ran(2.6), nodes, graph: stamped("before") });
      await vi.advanceTimersByTimeAsync(0);
      runtime.graph = stamped("after");
      store.send(edited("a = 2"));
      await pause();
      expect(runtime.runs).toHaveLength(runs);
    },
  );

  it("does not run slow functions automatically after Python has restarted", async () => {
    const graph: GraphView = { ...EMPTY, nodes: [{ ...node("price", "function"), stamp: "" }] };
    begin({ graph });
    runtime.runs[0]?.end({ ...ran(2.5), graph });
    await vi.advanceTimersByTimeAsync(0);
    store.send(edited("a = 1 "));
    await pause();
    expect(runtime.runs).toHaveLength(2);
    await answered(2.5);
    runtime.tell({ phase: "booting", stage: "core", done: 0, of: 1, secondsLeft: null, restarting: true });
    store.send(edited("a = 1"));
    await pause();
    expect(runtime.runs).toHaveLength(2);
  });

  it("drops selected outputs that no longer exist when it runs, and reports them", async () => {
    begin({ graph: { ...EMPTY, nodes: [node("price", "function"), node("tax", "function")] } });
    await answered();
    store.send({ kind: "outputs-chosen", outputs: ["price", "tax"] });
    await answered();
    runtime.graph = { ...EMPTY, nodes: [node("price", "function")] };
    store.send(edited("a = 2"));
    expect(store.workspace.outputs).toEqual(["price", "tax"]);
    await pause();
    expect(store.workspace.outputs).toEqual(["price"]);
    expect(store.workspace.notice?.message).toBe("`tax` is no longer a node. The other selected outputs remain.");
    runtime.graph = { ...EMPTY, nodes: [node("cost", "function")] };
    store.send(edited("a = 3"));
    await pause();
    expect(store.workspace.outputs).toBeNull();
    expect(store.workspace.notice?.message).toBe("`price` is no longer a node. All outputs will be computed.");
  });

  it("outlines untrusted code and does not run it before consent", async () => {
    begin({ trusted: false });
    store.send(edited("a = 2"));
    await pause();
    controller.run();
    expect(runtime.outlined).toHaveLength(2);
    expect(runtime.runs).toHaveLength(0);
    store.send({ kind: "trusted" });
    expect(textsRun()).toEqual(["a = 2"]);
  });

  it("outlines and runs at once after a value is entered, and just runs at once after outputs are selected", async () => {
    begin({ graph: { ...EMPTY, config: { region: { kind: "choice", default: null, choices: ['"us"'] } } } });
    await answered();
    const outlines = runtime.outlined.length;
    store.send({ kind: "value-set", role: "config", name: "region", text: '"us"' });
    await vi.advanceTimersByTimeAsync(0);
    expect(runtime.runs).toHaveLength(2);
    expect(runtime.runs[1]?.fieldTexts).toEqual({ inputs: {}, config: { region: '"us"' }, overrides: {} });
    expect(runtime.outlined).toHaveLength(outlines + 1);
    await answered();
    store.send({ kind: "outputs-chosen", outputs: ["price"] });
    expect(runtime.runs).toHaveLength(3);
    expect(runtime.outlined).toHaveLength(outlines + 1);
  });

  it("passes entered values only for names that the code still has", async () => {
    const fieldTexts = {
      inputs: { days: "7", gone: "1" },
      config: {},
      overrides: { price: "2", days: "3", gone: "1" },
    };
    begin({ fieldTexts, graph: { ...EMPTY, nodes: [node("price", "function"), node("days", "input")] } });
    expect(runtime.runs.at(-1)?.fieldTexts).toEqual(fieldTexts); // the code is not outlined yet
    await answered();
    controller.run();
    expect(runtime.runs.at(-1)?.fieldTexts).toEqual({ inputs: { days: "7" }, config: {}, overrides: { price: "2" } });
  });

  it("is idle after a stop and keeps the text", async () => {
    begin();
    store.send(edited("a = 2"));
    controller.stop();
    await vi.advanceTimersByTimeAsync(0);
    expect(store.workspace.running).toBeNull();
    expect(store.workspace.files).toEqual({ "flow.py": "a = 2" });
  });

  it("reports an overdue reply when a value keeps Python busy, and a stop ends the wait", async () => {
    begin({ graph: { ...EMPTY, nodes: [node("price", "function")] } });
    await answered();
    runtime.preview = () => runtime.unanswered();
    store.send({ kind: "node-selected", node: "price", by: "visitor" });
    expect(store.workspace.pythonOverdue).toBe(false);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(store.workspace).toMatchObject({ pythonOverdue: true, running: null, inspected: { isLoading: true } });
    controller.stop();
    await vi.advanceTimersByTimeAsync(0);
    expect(store.workspace).toMatchObject({ pythonOverdue: false, inspected: { isLoading: false, preview: null } });
    expect(store.workspace.notice?.message).toBe("Stopped. Your code has not changed.");
  });

  it("reports the states of a run once per frame, and only those of known nodes", async () => {
    begin({ graph: { ...EMPTY, nodes: [node("price", "function")] } });
    await vi.advanceTimersByTimeAsync(0);
    const heard: string[] = [];
    store.subscribe((_, event) => heard.push(event.kind));
    for (const state of ["queued", "running"] as const) runtime.runs[0]?.onState("price", state);
    for (const computed of [0, 1, 2]) runtime.runs[0]?.onState("price", "running", { computed, total: 3 });
    for (let count = 0; count < 1_000; count++) runtime.runs[0]?.onState(`made up ${count}`, "running");
    await vi.advanceTimersByTimeAsync(16);
    expect(heard).toEqual(["node-states-changed"]);
    expect(store.workspace.runs).toEqual({ price: { state: "running", elements: { computed: 2, total: 3 } } });
  });

  it("stops a process that ran untrusted code before other code runs, and keeps it for the same code", async () => {
    const link = (fragment: string): WorkspaceEvent => ({ ...opened("a = 1"), origin: { kind: "link", fragment } });
    begin();
    await answered();
    store.send(link("#v1.one"));
    expect(runtime.stops).toBe(0);
    await answered();
    store.send(link("#v1.one"));
    await answered();
    expect(runtime.stops).toBe(0);
    store.send(link("#v1.two"));
    await answered();
    expect(runtime.stops).toBe(1);
    store.send({ ...opened("b = 1"), origin: { kind: "new" } });
    await answered();
    expect(runtime.stops).toBe(2);
    store.send({ ...opened("c = 1"), origin: { kind: "new" } });
    expect(runtime.stops).toBe(2);
  });

  it("stops a run when other code is opened, and ignores its results", async () => {
    begin();
    const [left] = runtime.runs;
    store.send(opened("b = 1", false));
    left?.onState("price", "succeeded");
    left?.end(ran(1));
    await vi.advanceTimersByTimeAsync(0);
    expect(runtime.abandoned).toBe(2); // once when `begin` opened code, and once for `b = 1`
    expect(store.workspace).toMatchObject({ run: null, runs: {}, notice: null, running: null, trusted: false });
  });

  it("drops a graph requested for the previous code, and does not report its failure", async () => {
    begin({ trusted: false });
    runtime.outline = () => runtime.unanswered();
    store.send(edited("a = 2"));
    store.send(opened("b = 1"));
    const abandoned = runtime.abandoned;
    await vi.advanceTimersByTimeAsync(0);
    expect(abandoned).toBe(2);
    expect(store.workspace).toMatchObject({ notice: null, running: {} });
  });
});
