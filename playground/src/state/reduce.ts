/** How each event changes a workspace. */

// biome-ignore lint/style/noRestrictedImports: `Folds` belongs in `state/`.
import type { Folds } from "../graph/groups.ts";
// biome-ignore lint/style/noRestrictedImports: selectors of nodes belong below `state/`.
import { renamedIn } from "../graph/selector.ts";
import { own } from "../own.ts";
import type { Files, Given, GraphView, NodeRun, NodeState, ProblemView, RunView } from "../protocol.ts";
import type { Place } from "../runtime/runtime.ts";
import type { WorkspaceEvent } from "./events.ts";
import {
  EMPTY_GRAPH,
  emptyWorkspace,
  type Inspected,
  isEdited,
  NOTHING_GIVEN,
  sameFiles,
  type Workspace,
} from "./workspace.ts";

const BEGINNING: Place = { row: 0, column: 0 };

export function reduce(workspace: Workspace, event: WorkspaceEvent): Workspace {
  switch (event.kind) {
    case "opened":
      return opened(workspace, event);
    case "kept":
      // A title given meanwhile stays.
      return workspace.draft === event.draft ? workspace : { ...workspace, draft: event.draft, title: event.title };
    case "renamed":
      return { ...workspace, title: event.title };
    case "edited":
      return {
        ...workspace,
        files: { ...workspace.files, [event.file]: event.text },
        notice: workspace.notice?.about === "code" ? null : workspace.notice,
      };
    case "node-renamed":
      return renamed(workspace, event);
    case "given":
      return given(workspace, event);
    case "outputs-chosen":
      return { ...workspace, outputs: event.outputs };
    case "files-changed":
      return {
        ...workspace,
        files: event.files,
        active: event.active,
        view: "code",
        notice: workspace.notice?.about === "files" ? null : workspace.notice,
      };
    case "outlined":
      return outlined(workspace, event.graph);
    case "run-began":
      return { ...workspace, activity: "running", ranFiles: event.files, ranWith: wishesOf(workspace) };
    case "nodes-changed":
      return { ...workspace, runs: progressed(workspace, event.states) };
    case "run-ended":
      return ended(workspace, event.result);
    case "run-stopped":
      return {
        ...workspace,
        activity: "resting",
        runs: settled(workspace.runs),
        inspected: givenUp(workspace.inspected),
        notice: { message: stoppedText(workspace), about: "run" },
      };
    case "waited":
      return { ...workspace, waiting: event.waiting };
    case "run-failed":
      return {
        ...workspace,
        activity: "resting",
        runs: settled(workspace.runs),
        notice: { message: event.message, about: "run" },
      };
    case "file-chosen":
      return { ...workspace, active: event.file, view: event.view };
    case "node-chosen":
      return chosen(workspace, event.node, event.by);
    case "place-chosen":
      return workspace.inspected === null
        ? workspace
        : { ...workspace, inspected: { ...workspace.inspected, place: event.place, due: true } };
    case "previewed":
      return previewed(workspace, event);
    case "selector-set":
      return { ...workspace, selector: event.selector };
    case "folded":
      return { ...workspace, folds: { ...workspace.folds, ...foldsOf(event) } };
    case "trusted":
      // A deleted file cannot come back from before.
      return { ...workspace, trusted: true, notice: workspace.notice?.about === "files" ? null : workspace.notice };
    case "auto-run-set":
      return { ...workspace, autoRun: event.on };
    case "panel-chosen":
      return { ...workspace, panel: event.panel, problemsCame: false };
    case "view-chosen":
      return { ...workspace, view: event.view };
    case "noticed":
      return { ...workspace, notice: event.notice };
  }
}

function opened(workspace: Workspace, event: Extract<WorkspaceEvent, { kind: "opened" }>): Workspace {
  const unchanged = event.example !== null && sameFiles(event.files, event.example.files);
  const known = unchanged ? event.example : null;
  const origin = event.origin ?? workspace.origin;
  return {
    ...emptyWorkspace(workspace.autoRun),
    title: event.title,
    example: event.example,
    origin,
    untrustedSource: event.untrustedSource === undefined ? linkOf(origin) : event.untrustedSource,
    draft: event.draft?.id ?? null,
    files: event.files,
    active: firstModule(event.files),
    outputs: event.outputs,
    given: event.given ?? NOTHING_GIVEN,
    ranWith: { outputs: event.outputs, given: NOTHING_GIVEN },
    graph: known?.graph ?? EMPTY_GRAPH,
    problems: known?.run.problems ?? [],
    runs: { ...known?.run.nodes, ...overriddenRuns(event.given) },
    run: known?.run ?? null,
    selected: event.selected,
    inspected: event.selected === null ? null : firstLook(event.selected, known?.run ?? null),
    trusted: event.trusted,
    ...foremost(known !== null && !known.run.ok),
  };
}

function linkOf(origin: Workspace["origin"]): string | null {
  return origin.kind === "link" ? origin.fragment : null;
}

function foldsOf({ groups, folded }: Extract<WorkspaceEvent, { kind: "folded" }>): Folds {
  return Object.fromEntries(groups.map((group) => [group, folded]));
}

function given(workspace: Workspace, event: Extract<WorkspaceEvent, { kind: "given" }>): Workspace {
  const { role, name, text } = event;
  const values = { ...workspace.given, [role]: changed(workspace.given[role], event) };
  const state: NodeState = text === null ? "stale" : "overridden";
  const runs = role === "overrides" ? { ...workspace.runs, [name]: { state } } : workspace.runs;
  return { ...workspace, given: values, runs };
}

/** What is known of the node stays known under its new name, until the files have been read anew. */
function renamed(workspace: Workspace, event: Extract<WorkspaceEvent, { kind: "node-renamed" }>): Workspace {
  const called = (name: string): string => (name === event.from ? event.to : name);
  const { graph, inspected, outputs, runs, selected, selector } = workspace;
  const { inputs, config, overrides } = workspace.given;
  return {
    ...workspace,
    files: event.files,
    given: { inputs: withKeys(inputs, called), config, overrides: withKeys(overrides, called) },
    outputs: outputs?.map(called) ?? null,
    selected: selected === null ? null : called(selected),
    selector: { ...selector, text: renamedIn(selector.text, event.from, event.to) },
    inspected: inspected === null ? null : { ...inspected, node: called(inspected.node) },
    runs: withKeys(runs, called),
    graph: {
      ...graph,
      nodes: graph.nodes.map((node) => ({ ...node, name: called(node.name) })),
      edges: graph.edges.map((edge) => ({ ...edge, source: called(edge.source), target: called(edge.target) })),
    },
  };
}

function outlined(workspace: Workspace, graph: GraphView): Workspace {
  const sound = !graph.problems.some((problem) => problem.severity === "error");
  if (graph.problems.some(isUnreadable)) return { ...workspace, problems: graph.problems, sound };
  const names = new Set(graph.nodes.map((node) => node.name));
  const runs = Object.fromEntries(Object.entries(workspace.runs).filter(([name]) => names.has(name)));
  const selected = workspace.selected !== null && names.has(workspace.selected) ? workspace.selected : null;
  const problems = isEdited(workspace) ? graph.problems : problemsOfRun(workspace, graph);
  return { ...workspace, graph, problems, sound, runs, selected };
}

/** For the files that ran, or run now: what the run says counts, also after an edit that was taken back. */
function problemsOfRun({ activity, run, problems }: Workspace, graph: GraphView): ProblemView[] {
  if (activity !== "running" && run !== null) return run.problems;
  return graph.problems.length > 0 ? graph.problems : problems;
}

function ended(workspace: Workspace, result: RunView): Workspace {
  // While it ran, the source may have been broken: then what is wrong now matters more than what was.
  const outdated = !workspace.sound && isEdited(workspace);
  const broken = result.problems.some((problem) => problem.severity === "error");
  return {
    ...workspace,
    activity: "resting",
    run: result,
    graph: result.graph.nodes.length > 0 ? result.graph : workspace.graph,
    runs: result.nodes,
    problems: outdated ? workspace.problems : result.problems,
    notice: workspace.notice?.about === "run" ? null : workspace.notice,
    ...(broken ? workspace.panel === "outputs" && foremost(true) : workspace.problemsCame && foremost(false)),
    inspected: workspace.inspected === null ? null : { ...workspace.inspected, due: true },
  };
}

/** What a run brings to the front: what went wrong, or what it came to. */
function foremost(problemsCame: boolean): Pick<Workspace, "panel" | "problemsCame"> {
  return { panel: problemsCame ? "problems" : "outputs", problemsCame };
}

/** What comes of a place that was left meanwhile is not shown. */
function previewed(workspace: Workspace, event: Extract<WorkspaceEvent, { kind: "previewed" }>): Workspace {
  const { inspected } = workspace;
  if (inspected?.node !== event.node || inspected.place !== event.place) return workspace;
  return { ...workspace, inspected: { ...inspected, preview: event.preview, due: false } };
}

function chosen(workspace: Workspace, node: string | null, by: "hand" | "caret"): Workspace {
  if (node === null) return { ...workspace, selected: null, inspected: null, ...foremost(false) };
  const inspected = workspace.inspected?.node === node ? workspace.inspected : firstLook(node, workspace.run);
  return { ...workspace, selected: node, inspected, ...(by === "hand" && { panel: "value", problemsCame: false }) };
}

/** A node that is looked at from now on: at once, if the latest run has shown it. */
function firstLook(node: string, run: RunView | null): Inspected {
  const seen = Object.entries(run?.outputs ?? {}).find(([name]) => name === node)?.[1];
  return { node, preview: seen ?? "loading", place: BEGINNING, due: seen === undefined };
}

/** What is known of overridden nodes before any run. */
function overriddenRuns({ overrides }: Given = NOTHING_GIVEN): Record<string, NodeRun> {
  return Object.fromEntries(Object.keys(overrides).map((name) => [name, { state: "overridden" }]));
}

/** What is heard of a run under way. Of nodes that the graph does not have nothing is noted: it could be any number. */
function progressed({ graph, runs }: Workspace, states: ReadonlyMap<string, NodeState>): Workspace["runs"] {
  const known = graph.nodes.filter(({ name }) => states.has(name));
  const heard = known.map(({ name }) => [name, { ...own(runs, name), state: states.get(name) }]);
  return { ...runs, ...Object.fromEntries(heard) };
}

function stoppedText({ activity, waiting }: Workspace): string {
  return activity === "running" || waiting
    ? "Stopped. Your code is as you left it."
    : "Python starts anew. The next run computes every value again.";
}

/** A value that Python was stopped from showing is not waited for. */
function givenUp(inspected: Inspected | null): Inspected | null {
  if (inspected === null || !inspected.due) return inspected;
  return { ...inspected, due: false, preview: inspected.preview === "loading" ? null : inspected.preview };
}

/** States once nothing runs any more: what was under way is as if it had not begun. */
function settled(runs: Record<string, NodeRun>): Record<string, NodeRun> {
  return Object.fromEntries(
    Object.entries(runs).map(([name, run]) =>
      run.state === "running" || run.state === "queued" ? [name, { ...run, state: "stale" as const }] : [name, run],
    ),
  );
}

/** True for what Python's parser says; the graph on the page is then the last that could be read. */
function isUnreadable(problem: ProblemView): boolean {
  return ["SyntaxError", "IndentationError", "TabError"].includes(problem.kind);
}

function firstModule(files: Files): string {
  const names = Object.keys(files);
  return names.find((name) => name.endsWith(".py")) ?? names[0] ?? "";
}

function wishesOf({ outputs, given }: Workspace): Workspace["ranWith"] {
  return { outputs, given };
}

function withKeys<Value>(values: Record<string, Value>, called: (name: string) => string): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [called(name), value]));
}

function changed(
  given: Record<string, string>,
  { name, text }: { name: string; text: string | null },
): Record<string, string> {
  const { [name]: _, ...others } = given;
  return text === null ? others : { ...others, [name]: text };
}
