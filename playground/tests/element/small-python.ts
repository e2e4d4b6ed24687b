/**
 * A Python for tests. Its language has functions `a`, `b` and `c`, one to a line: `b=2` adds 2 to what `b` reads. `b` reads
 * `a`, and `c` reads `b` and the input `i`. A function that adds 0 fails, and one that adds 9 never ends; a text with a
 * parenthesis is no Python, and one with an exclamation mark cannot be imported. It answers a request when a test says so.
 */

import type {
  CheckView,
  ComparisonView,
  Files,
  Given,
  GraphView,
  NodeRun,
  NodeState,
  NodeView,
  Preview,
  Reply,
  Request,
  RunView,
  TakenView,
} from "../../src/protocol.ts";
import { Crashed, Stopped, Superseded } from "../../src/runtime/failures.ts";
import { Questions } from "../../src/runtime/questions.ts";
import type { PythonRuntime, RuntimeStatus } from "../../src/runtime/runtime.ts";
import { nodeOf } from "../graph/graphs.ts";

type Values = Readonly<Record<string, number>>;

const READS: Readonly<Record<string, readonly string[]>> = { a: [], b: ["a"], c: ["b", "i"] };
const FAILING = 0;
const ENDLESS = 9;
const READY: RuntimeStatus = { phase: "ready", complete: true, seconds: 0 };
const RESTARTING: RuntimeStatus = { phase: "booting", stage: "core", done: 0, of: 1, restarting: true };

/** What a text says each function adds; null where it is no Python. */
function addends(text: string): Map<string, number> | null {
  if (text.includes("(")) return null;
  return new Map([...text.matchAll(/^([abc])=(\d)$/gm)].map(([, name, number]) => [name ?? "", Number(number)]));
}

/** What the functions of a text come to, without those that fail, never end, or need what is not there. */
export function valuesOf(files: Files, given: Given): Values {
  const text = files["flow.py"] ?? "";
  const values: Record<string, number> = { i: Number(given.inputs["i"] ?? 1) };
  const functions = addends(text) ?? new Map<string, number>();
  for (const [name, reads] of Object.entries(READS)) {
    const [addend, override] = [functions.get(name), given.overrides[name]];
    if (addend === undefined) continue;
    if (override !== undefined) values[name] = Number(override);
    else if (addend !== FAILING && addend !== ENDLESS && reads.every((read) => read in values)) {
      values[name] = reads.reduce((sum, read) => sum + (values[read] ?? 0), addend);
    }
  }
  return values;
}

/** Whether the functions that are computed include one that never ends. */
function isEndless(files: Files, given: Given): boolean {
  const text = files["flow.py"] ?? "";
  const values = valuesOf(files, given);
  return [...(addends(text) ?? [])].some(
    ([name, addend]) =>
      addend === ENDLESS && given.overrides[name] === undefined && READS[name]?.every((read) => read in values),
  );
}

function graphOf(files: Files): GraphView {
  const functions = addends(files["flow.py"] ?? "");
  if (functions === null) return { nodes: [], edges: [], problems: [unreadable()] };
  const edges = [...functions.keys()].flatMap((target) =>
    (READS[target] ?? []).map((source) => ({ source, target, optional: source === "i" })),
  );
  const nodes: NodeView[] = [...functions].map(([name, addend]) => nodeOf(name, { stamp: String(addend) }));
  for (const { source } of edges) {
    if (!nodes.some(({ name }) => name === source)) nodes.push(nodeOf(source, { kind: "input" }));
  }
  return { nodes, edges, problems: [] };
}

function unreadable(): GraphView["problems"][number] {
  const nowhere = { file: "flow.py", line: 1, column: 1, node: null, frames: [] };
  return { kind: "SyntaxError", severity: "error", message: "'(' was never closed", ...nowhere };
}

function previewOf(value: number): Preview {
  return { kind: "scalar", type: "int", text: String(value) };
}

function runOf(files: Files, given: Given, outputs: readonly string[] | null): RunView {
  const graph = graphOf(files);
  const values = valuesOf(files, given);
  const functions = graph.nodes.filter(({ kind }) => kind === "function").map(({ name }) => name);
  const isImported = !(files["flow.py"] ?? "").includes("!") && graph.problems.length === 0;
  const state = (name: string): NodeState => {
    if (given.overrides[name] !== undefined) return "overridden";
    return name in values ? "done" : "failed";
  };
  const nodes: Record<string, NodeRun> = isImported
    ? Object.fromEntries(functions.map((name) => [name, { state: state(name), seconds: 0.01 }]))
    : {};
  const shown = (outputs ?? functions).filter((name) => name in nodes && name in values);
  return {
    ok: isImported,
    seconds: 0.01,
    ran: functions.length,
    kept: 0,
    total: functions.length,
    nodes,
    outputs: Object.fromEntries(shown.map((name) => [name, previewOf(values[name] ?? 0)])),
    graph,
    problems: graph.problems,
  };
}

export class SmallPython implements PythonRuntime {
  status = READY;
  readonly #questions = new Questions();
  /** What was sent and not answered, the oldest first. */
  #sent: Request[] = [];
  /** The values of the latest run that computed anything. */
  #shown: Values = {};
  readonly #listeners = new Set<(status: RuntimeStatus) => void>();

  constructor() {
    this.#questions.open((request) => this.#sent.push(request));
  }

  /** Whether Python owes an answer. */
  get isBusy(): boolean {
    return !this.#questions.isIdle;
  }

  /** Answers the oldest request; nothing comes of a run that never ends. */
  answer(): void {
    const [request] = this.#sent;
    if (request === undefined) return;
    if (request.kind === "run" && isEndless(request.files, givenIn(request))) {
      const about = { id: request.id, session: request.session };
      for (const node of Object.keys(valuesOf(request.files, givenIn(request)))) {
        this.#questions.hear({ ...about, kind: "state", node, state: "done" });
      }
      return;
    }
    this.#sent.shift();
    this.#questions.hear(this.#replyTo(request));
  }

  /** The code ended Python. */
  crash(): void {
    this.#questions.rejectAll(new Crashed("Python ended."));
    this.#restart();
  }

  stop(): void {
    this.#questions.rejectAll(new Stopped("Stopped."));
    this.#restart();
  }

  abandon(session: string): void {
    if (this.#questions.rejectSession(session, new Superseded("Other code was opened."))) this.stop();
  }

  subscribe(listener: (status: RuntimeStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async boot(): Promise<void> {}

  async outline(session: string, files: Files, given: Given): Promise<GraphView> {
    return (await this.#questions.ask("outline", { session, files, given })).graph;
  }

  async run(
    session: string,
    files: Files,
    outputs: readonly string[] | null,
    onState: (node: string, state: NodeState) => void,
    given: Given | undefined,
  ): Promise<RunView> {
    const wish = { session, files, outputs: outputs && [...outputs], ...(given && { given }) };
    return (await this.#questions.ask("run", wish, onState)).result;
  }

  async preview(session: string, node: string): Promise<Preview | null> {
    return (await this.#questions.ask("preview", { session, node })).preview;
  }

  async compare(): Promise<ComparisonView> {
    return { nodes: {} };
  }

  async check(): Promise<CheckView> {
    return { passed: false, message: "" };
  }

  async take(): Promise<TakenView> {
    return { name: "", files: {}, notes: [], refusal: "" };
  }

  install(): void {}

  async close(): Promise<void> {}

  #replyTo(request: Request): Reply {
    const about = { id: request.id, session: request.session };
    switch (request.kind) {
      case "outline":
        return { ...about, kind: "graph", graph: graphOf(request.files) };
      case "run": {
        const result = runOf(request.files, givenIn(request), request.outputs);
        if (Object.keys(result.nodes).length > 0) this.#shown = valuesOf(request.files, givenIn(request));
        return { ...about, kind: "result", result };
      }
      case "preview": {
        const value = this.#shown[request.node];
        return {
          ...about,
          kind: "preview",
          node: request.node,
          preview: value === undefined ? null : previewOf(value),
        };
      }
      default:
        return { ...about, kind: "crashed", message: `${request.kind} is not in these tests` };
    }
  }

  #restart(): void {
    this.#sent = [];
    this.#shown = {};
    for (const status of [RESTARTING, READY]) for (const listener of this.#listeners) listener(status);
  }
}

function givenIn(request: Extract<Request, { kind: "run" }>): Given {
  return request.given ?? { inputs: {}, config: {}, overrides: {} };
}
