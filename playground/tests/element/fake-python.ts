/**
 * A fake Python for tests, with a tiny language.
 *
 * A program defines functions `a`, `b` and `c`, one per line: `b=2` adds 2 to its dependency. `a` depends on `j`, `b`
 * on `a`, and `c` on `b` and `i`. `i` and `j` are inputs with defaults, or config values if the config has them; a
 * value may come from a data file that contains a number. A function that adds 0 fails, and one that adds 9 never ends.
 * A parenthesis is a syntax error, and an exclamation mark makes the import fail. Requests are answered only when a test
 * calls `answer`.
 */

import type {
  AttributeView,
  CheckView,
  ComparisonView,
  CompletionView,
  ElementsView,
  ExportView,
  FieldTexts,
  Files,
  GraphChange,
  GraphView,
  NodeRun,
  NodeState,
  NodeView,
  Preview,
  Reply,
  Request,
  RunView,
} from "../../src/protocol.ts";
import { Crashed, Stopped, Superseded } from "../../src/runtime/failures.ts";
import { RequestQueue } from "../../src/runtime/request-queue.ts";
import type { PythonRuntime, RuntimeStatus } from "../../src/runtime/runtime.ts";
import { nodeOf } from "../graph/graphs.ts";

type Values = Readonly<Record<string, number>>;

const READS: Readonly<Record<string, readonly string[]>> = { a: ["j"], b: ["a"], c: ["b", "i"] };
const DEFAULTS: Values = { i: 1, j: 2 };
const FROM_FILE = "file:";
const FAILING = 0;
const ENDLESS = 9;
const READY: RuntimeStatus = { phase: "ready", complete: true, seconds: 0, packs: null };
const RESTARTING: RuntimeStatus = {
  phase: "booting",
  stage: "core",
  done: 0,
  of: 1,
  secondsLeft: null,
  restarting: true,
};

/** Return the number that each function adds; null for a syntax error. */
function addends(text: string): Map<string, number> | null {
  if (text.includes("(")) return null;
  return new Map([...text.matchAll(/^([abc])=(\d)$/gm)].map(([, name, number]) => [name ?? "", Number(number)]));
}

/** Return the entered number, or the one in the data file; NaN if it cannot be read. */
function numberOf(text: string, files: Files): number {
  return Number(text.startsWith(FROM_FILE) ? (files[text.slice(FROM_FILE.length)] ?? "lost") : text);
}

/** Return the value entered for an input; null if there is none. */
function enteredNumber(name: string, files: Files, fieldTexts: FieldTexts): number | null {
  const text = fieldTexts.config[name] ?? fieldTexts.inputs[name];
  return text === undefined ? null : numberOf(text, files);
}

/** Return the values that functions may receive: values of functions, and values or defaults of inputs. */
function readable(values: Values, files: Files, fieldTexts: FieldTexts): Values {
  const inputs = Object.entries(DEFAULTS).map(([name, value]) => [
    name,
    enteredNumber(name, files, fieldTexts) ?? value,
  ]);
  const read: Values = { ...Object.fromEntries(inputs), ...values };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => !Number.isNaN(value)));
}

/**
 * Compute the values of a program's functions, and add the values entered for inputs. Functions that fail, never end or
 * lack an input are omitted, as are inputs that use their defaults.
 */
export function valuesOf(files: Files, fieldTexts: FieldTexts): Values {
  const text = files["flow.py"] ?? "";
  const values: Record<string, number> = {};
  for (const name of Object.keys(DEFAULTS)) {
    const value = enteredNumber(name, files, fieldTexts);
    if (value !== null && !Number.isNaN(value)) values[name] = value;
  }
  const functions = addends(text) ?? new Map<string, number>();
  for (const [name, reads] of Object.entries(READS)) {
    const [addend, override] = [functions.get(name), fieldTexts.overrides[name]];
    if (addend === undefined) continue;
    const read = readable(values, files, fieldTexts);
    if (override !== undefined) {
      const value = numberOf(override, files);
      if (!Number.isNaN(value)) values[name] = value;
    } else if (addend !== FAILING && addend !== ENDLESS && reads.every((name) => name in read)) {
      values[name] = reads.reduce((sum, dependency) => sum + (read[dependency] ?? 0), addend);
    }
  }
  return values;
}

/**
 * Return the nodes that a run needs: outputs (all functions if none are selected) and everything upstream. An
 * overridden node needs nothing.
 */
function neededBy(graph: GraphView, fieldTexts: FieldTexts, outputs: readonly string[] | null): ReadonlySet<string> {
  const overridden = Object.keys(fieldTexts.overrides);
  const names = graph.nodes.filter(({ kind }) => kind === "function").map(({ name }) => name);
  const known = new Set(graph.nodes.map(({ name }) => name));
  const needed = new Set([...(outputs ?? names), ...overridden].filter((name) => known.has(name)));
  for (const name of needed) {
    if (overridden.includes(name)) continue;
    for (const { source, target } of graph.edges) if (target === name) needed.add(source);
  }
  return needed;
}

/** Return whether the computed functions include an endless one. */
function isEndless(files: Files, fieldTexts: FieldTexts, outputs: readonly string[] | null): boolean {
  const text = files["flow.py"] ?? "";
  const read = readable(valuesOf(files, fieldTexts), files, fieldTexts);
  const needed = neededBy(graphOf(files, fieldTexts), fieldTexts, outputs);
  return [...(addends(text) ?? [])].some(
    ([name, addend]) =>
      addend === ENDLESS &&
      needed.has(name) &&
      fieldTexts.overrides[name] === undefined &&
      READS[name]?.every((dependency) => dependency in read),
  );
}

function graphOf(files: Files, fieldTexts: FieldTexts): GraphView {
  const functions = addends(files["flow.py"] ?? "");
  if (functions === null) return { nodes: [], edges: [], problems: [unreadable()] };
  const edges = [...functions.keys()].flatMap((target) =>
    (READS[target] ?? []).map((source) => ({ source, target, optional: source in DEFAULTS })),
  );
  const nodes: NodeView[] = [...functions].map(([name, addend]) => nodeOf(name, { stamp: String(addend) }));
  for (const { source } of edges) {
    if (nodes.some(({ name }) => name === source)) continue;
    const value = fieldTexts.config[source] ?? fieldTexts.inputs[source] ?? DEFAULTS[source];
    const kind = fieldTexts.config[source] === undefined ? "input" : "config";
    nodes.push(nodeOf(source, { kind, type: value === undefined ? "int" : `int = ${value}` }));
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

function canImport(files: Files): boolean {
  const text = files["flow.py"] ?? "";
  return !text.includes("!") && addends(text) !== null;
}

function runOf(files: Files, fieldTexts: FieldTexts, outputs: readonly string[] | null): RunView {
  const graph = graphOf(files, fieldTexts);
  const values = valuesOf(files, fieldTexts);
  const needed = neededBy(graph, fieldTexts, outputs);
  const functions = graph.nodes.filter(({ kind, name }) => kind === "function" && needed.has(name));
  const isImported = canImport(files);
  const state = (name: string): NodeState => {
    if (!(name in values)) return "failed";
    return fieldTexts.overrides[name] === undefined ? "succeeded" : "overridden";
  };
  const nodes: Record<string, NodeRun> = isImported
    ? Object.fromEntries(functions.map(({ name }) => [name, { state: state(name), seconds: 0.01 }]))
    : {};
  const requested = outputs ?? functions.map(({ name }) => name);
  const shown = isImported ? requested.filter((name) => needed.has(name) && name in values) : [];
  return {
    ok: isImported,
    seconds: 0.01,
    ran: functions.length,
    reused: 0,
    total: functions.length,
    nodes,
    outputs: Object.fromEntries(shown.map((name) => [name, previewOf(values[name] ?? 0)])),
    graph,
    problems: graph.problems,
  };
}

export class FakePython implements PythonRuntime {
  status = READY;
  readonly #requests = new RequestQueue();
  /** Unanswered requests, oldest first. */
  #sent: Request[] = [];
  /** The values from the latest run that computed any. */
  #shown: Values = {};
  readonly #listeners = new Set<(status: RuntimeStatus) => void>();

  constructor() {
    this.#requests.connect((request) => this.#sent.push(request));
  }

  /** Whether a reply is pending. */
  get isBusy(): boolean {
    return !this.#requests.isIdle;
  }

  /** Answer the oldest request; a run that never ends is not answered. */
  answer(): void {
    const [request] = this.#sent;
    if (request === undefined) return;
    if (request.kind === "run" && isEndless(request.files, fieldTextsOf(request), request.outputs)) {
      const about = { id: request.id, session: request.session };
      for (const node of Object.keys(valuesOf(request.files, fieldTextsOf(request)))) {
        if (node in READS) this.#requests.receive({ ...about, kind: "state", node, state: "succeeded" });
      }
      return;
    }
    this.#sent.shift();
    this.#requests.receive(this.#replyTo(request));
  }

  /** Simulate a crash of Python. */
  crash(): void {
    this.#requests.rejectAll(new Crashed("Python ended."));
    this.#restart();
  }

  stop(): void {
    this.#requests.rejectAll(new Stopped("Stopped."));
    this.#restart();
  }

  abandon(session: string): void {
    if (this.#requests.rejectSession(session, new Superseded("Different code was opened."))) this.stop();
  }

  subscribe(listener: (status: RuntimeStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async boot(): Promise<void> {}

  async outline(session: string, files: Files, fieldTexts: FieldTexts): Promise<GraphView> {
    return fullGraph((await this.#requests.request("outline", { session, files, values: fieldTexts })).graph);
  }

  async run(
    session: string,
    files: Files,
    outputs: readonly string[] | null,
    onState: (node: string, state: NodeState, elements?: ElementsView) => void,
    fieldTexts: FieldTexts | undefined,
  ): Promise<RunView> {
    const params = { session, files, outputs: outputs && [...outputs], ...(fieldTexts && { values: fieldTexts }) };
    const { result } = await this.#requests.request("run", params, onState);
    return { ...result, graph: fullGraph(result.graph) };
  }

  async preview(session: string, node: string): Promise<Preview | null> {
    return (await this.#requests.request("preview", { session, node })).preview;
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
    return { passed: false, message: "", criteria: [] };
  }

  async export(): Promise<ExportView> {
    return { name: "", files: {}, notes: [], refusal: "" };
  }

  install(): void {}

  async close(): Promise<void> {}

  #replyTo(request: Request): Reply {
    const about = { id: request.id, session: request.session };
    switch (request.kind) {
      case "outline":
        return { ...about, kind: "graph", graph: graphOf(request.files, fieldTextsOf(request)) };
      case "run": {
        const result = runOf(request.files, fieldTextsOf(request), request.outputs);
        if (canImport(request.files)) this.#show(request, result.graph);
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
        return { ...about, kind: "crashed", message: `${request.kind} is not supported in these tests` };
    }
  }

  /** Keep what a session keeps: values of functions that the run did not reach, but no values of inputs or config. */
  #show({ files, outputs, ...request }: Extract<Request, { kind: "run" }>, graph: GraphView): void {
    const fieldTexts = fieldTextsOf(request);
    const needed = neededBy(graph, fieldTexts, outputs);
    const isEarlier = (name: string): boolean =>
      !needed.has(name) && graph.nodes.some((node) => node.name === name && node.kind === "function");
    this.#shown = {
      ...Object.fromEntries(Object.entries(this.#shown).filter(([name]) => isEarlier(name))),
      ...Object.fromEntries(Object.entries(valuesOf(files, fieldTexts)).filter(([name]) => needed.has(name))),
    };
  }

  #restart(): void {
    this.#sent = [];
    this.#shown = {};
    for (const status of [RESTARTING, READY]) for (const listener of this.#listeners) listener(status);
  }
}

function fieldTextsOf(request: { values?: FieldTexts }): FieldTexts {
  return request.values ?? { inputs: {}, config: {}, overrides: {} };
}

/** Return a full graph. This fake never reports changes. */
function fullGraph(graph: GraphView | GraphChange): GraphView {
  if ("since" in graph) throw new Error("unexpected graph change");
  return graph;
}
