/** The values marked as stale after a run: all values that the run did not reach, for every kind of node. */

import { describe, expect, it } from "vitest";
import type {
  FieldTexts,
  Files,
  GraphView,
  NodeKind,
  NodeRun,
  NodeState,
  Preview,
  RunView,
} from "../../src/protocol.ts";
import { isSlow, withDerivedState } from "../../src/state/derived-state.ts";
import { emptyWorkspace, NO_VALUES, type Workspace } from "../../src/state/workspace.ts";
import { edgeOf, nodeOf } from "../graph/graphs.ts";

const KINDS: Readonly<Record<string, NodeKind>> = { x: "input", y: "input", k: "config" };
const EDGES = [edgeOf("x", "a", true), edgeOf("y", "b", true), edgeOf("k", "b", true)];
const FLOW = graphOf(["a", "b", "x", "y", "k"]);
const VALUE: Preview = { kind: "scalar", type: "int", text: "1" };

function graphOf(names: readonly string[]): GraphView {
  const nodes = names.map((name) => nodeOf(name, { kind: KINDS[name] ?? "function", stamp: "1" }));
  const edges = EDGES.filter(({ source, target }) => names.includes(source) && names.includes(target));
  return { nodes, edges, problems: [] };
}

function runOf(states: Record<string, NodeState>, outputs: readonly string[], graph: GraphView = FLOW): RunView {
  const nodes: [string, NodeRun][] = Object.entries(states).map(([name, state]) => [name, { state, seconds: 3 }]);
  return {
    ok: true,
    seconds: 3,
    ran: nodes.length,
    reused: 0,
    total: nodes.length,
    nodes: Object.fromEntries(nodes),
    outputs: Object.fromEntries(outputs.map((name) => [name, VALUE])),
    graph,
    problems: [],
  };
}

interface Page {
  run: RunView;
  graph?: GraphView;
  fieldTexts?: Partial<FieldTexts>;
  /** The data files, now and in the run. */
  files?: Files;
  filesOfRun?: Files;
}

function workspaceOf({ run, graph = FLOW, fieldTexts = {}, files = {}, filesOfRun = files }: Page): Workspace {
  const all = { ...NO_VALUES, ...fieldTexts };
  const ran = { files: filesOfRun, outputs: null, fieldTexts: all };
  const measured = Object.fromEntries(Object.keys(run.nodes).map((name) => [name, { seconds: 3 }]));
  return withDerivedState({
    ...emptyWorkspace(true),
    files,
    graph,
    fieldTexts: all,
    run,
    completedSpec: ran,
    measured,
    valuesAvailable: true,
    outlined: true,
  });
}

describe("after a run", () => {
  it.each<[string, Page, string[]]>([
    ["nothing that the run reached", { run: runOf({ a: "succeeded", b: "reused" }, ["a", "b"]) }, []],
    ["what the chosen outputs do not need, including inputs", { run: runOf({ b: "succeeded" }, ["b"]) }, ["a", "x"]],
    [
      "what the chosen outputs do not need, including config values",
      { run: runOf({ a: "succeeded" }, ["a"]) },
      ["b", "y", "k"],
    ],
    ["everything if the modules could not be imported", { run: runOf({}, []) }, ["a", "b", "x", "y", "k"]],
    [
      "what only an overridden function would use",
      { run: runOf({ a: "overridden", b: "succeeded" }, ["a", "b"]) },
      ["x"],
    ],
    ["no inputs of a function that failed or is waiting", { run: runOf({ a: "failed", b: "waiting" }, []) }, []],
    ["all but an input that is the chosen output", { run: runOf({}, ["x"]) }, ["a", "b", "y", "k"]],
    [
      "an output that the code no longer has, even if it is an input",
      { run: runOf({ a: "succeeded" }, ["a", "x"], graphOf(["a", "x"])), graph: graphOf(["a"]) },
      ["x"],
    ],
    [
      "no input that another function now reads",
      {
        run: runOf({ a: "succeeded", b: "succeeded" }, ["a", "b"]),
        graph: { ...FLOW, edges: [edgeOf("y", "b"), edgeOf("k", "b"), edgeOf("x", "b")] },
      },
      [],
    ],
    [
      "an input from a data file that was edited after the run, and what depends on it",
      {
        run: runOf({ a: "succeeded", b: "succeeded" }, ["a", "b"]),
        fieldTexts: { inputs: { x: "file:d.csv" } },
        filesOfRun: { "d.csv": "n\n1" },
        files: { "d.csv": "n\n2" },
      },
      ["x", "a"],
    ],
  ])("marks %s", (_, page, stale) => {
    expect([...workspaceOf(page).stale].toSorted()).toEqual(stale.toSorted());
  });

  it("shows nodes as stale after their data file changed, and includes them in the estimated duration", () => {
    const page: Page = {
      run: runOf({ a: "succeeded", b: "succeeded" }, ["a", "b"]),
      fieldTexts: { inputs: { x: "file:d.csv" } },
      files: { "d.csv": "n\n1" },
    };
    expect(workspaceOf(page).runs["a"]?.state).toBe("succeeded");
    expect(isSlow(workspaceOf(page))).toBe(false);
    const edited = workspaceOf({ ...page, files: { "d.csv": "n\n2" }, filesOfRun: { "d.csv": "n\n1" } });
    expect(edited.runs["a"]?.state).toBe("stale");
    expect(edited.runs["b"]?.state).toBe("succeeded");
    expect(isSlow(edited)).toBe(true);
  });

  it("marks nodes as stale if their data file changed during a run", () => {
    const fieldTexts = { ...NO_VALUES, inputs: { x: "file:d.csv" } };
    const request = { files: { "d.csv": "n\n1" }, outputs: null, fieldTexts };
    const states = { a: { state: "succeeded" as const }, b: { state: "succeeded" as const } };
    const workspace = withDerivedState({
      ...emptyWorkspace(true),
      files: { "d.csv": "n\n2" },
      graph: FLOW,
      fieldTexts,
      running: { request, graph: FLOW, states },
    });
    expect(workspace.runs).toEqual({ a: { state: "stale" }, b: { state: "succeeded" } });
  });

  it("marks all states from a run of different code as stale while the outline is overdue", () => {
    const request = { files: { "flow.py": "before" }, outputs: null, fieldTexts: NO_VALUES };
    const running = { request, graph: FLOW, states: { a: { state: "succeeded" as const } } };
    const edited = { ...emptyWorkspace(true), files: { "flow.py": "after" }, graph: FLOW, running, outlined: false };
    expect(withDerivedState(edited).runs).toEqual({ a: { state: "succeeded" } });
    expect(withDerivedState({ ...edited, pythonOverdue: true }).runs).toEqual({ a: { state: "stale" } });
    expect(withDerivedState({ ...edited, pythonOverdue: true, outlined: true }).runs).toEqual({
      a: { state: "succeeded" },
    });
  });
});
