/** How each event changes a workspace. */

import { getOwn } from "../get-own.ts";
import type { Files, GraphView, NodeState, ProblemView, RunView } from "../protocol.ts";
import type { TablePosition } from "../runtime/runtime.ts";
import { renameInSelector } from "../selection/selector.ts";
import { withDerivedState } from "./derived-state.ts";
import type { WorkspaceEvent } from "./events.ts";
import {
  EMPTY_GRAPH,
  emptyWorkspace,
  equalTexts,
  type Folds,
  type Inspected,
  isEdited,
  isRunOf,
  NO_VALUES,
  type RunSpec,
  type Workspace,
} from "./workspace.ts";

const BEGINNING: TablePosition = { row: 0, column: 0 };

export function reduce(workspace: Workspace, event: WorkspaceEvent): Workspace {
  switch (event.kind) {
    case "opened":
      return opened(workspace, event);
    case "draft-saved":
      // A title given meanwhile stays.
      return workspace.draft === event.draft ? workspace : { ...workspace, draft: event.draft, title: event.title };
    case "title-set":
      return { ...workspace, title: event.title };
    case "edited":
      return {
        ...workspace,
        files: { ...workspace.files, [event.file]: event.text },
        outlined: false,
        // Other code has other outputs.
        outputs: event.replacesAll === true && event.file.endsWith(".py") ? null : workspace.outputs,
        notice: workspace.notice?.about === "code" ? null : workspace.notice,
      };
    case "node-renamed":
      return nodeRenamed(workspace, event);
    case "value-set":
      return valueEntered(workspace, event);
    case "outputs-chosen":
      return { ...workspace, outputs: event.outputs };
    case "files-changed":
      return {
        ...workspace,
        files: event.files,
        outlined: false,
        active: event.active,
        view: "code",
        notice: workspace.notice?.about === "files" ? null : workspace.notice,
      };
    case "outlined":
      return outlined(workspace, event.graph);
    case "outline-failed":
      return withDerivedState({ ...workspace, outlined: true, readable: false });
    case "run-started":
      return withDerivedState(runStarted(workspace, event.request));
    case "node-states-changed":
      return withDerivedState(nodeStatesChanged(workspace, event.states));
    case "run-ended":
      return runEnded(workspace, event.request, event.result);
    case "run-stopped":
      return runStopped(workspace, event.request);
    case "run-failed":
      return withDerivedState({
        ...withoutRun(workspace, event.request),
        notice: { message: event.message, about: "run" },
      });
    case "values-lost":
      return { ...workspace, valuesKept: false };
    case "outputs-dropped":
      return withoutOutputs(workspace, event.dropped);
    case "overdue-changed":
      return withDerivedState({ ...workspace, pythonOverdue: event.waiting });
    case "file-chosen":
      return { ...workspace, active: event.file, view: event.view };
    case "node-selected":
      return nodeSelected(workspace, event.node, event.by);
    case "position-set":
      return workspace.inspected === null
        ? workspace
        : { ...workspace, inspected: { ...workspace.inspected, place: event.place, due: true } };
    case "previewed":
      return previewed(workspace, event);
    case "selector-set":
      return { ...workspace, selector: event.selector };
    case "folds-set":
      return { ...workspace, folds: { ...workspace.folds, ...foldsOf(event) } };
    case "trusted":
      // A deleted file cannot come back from before.
      return { ...workspace, trusted: true, notice: workspace.notice?.about === "files" ? null : workspace.notice };
    case "auto-run-set":
      return { ...workspace, autoRun: event.on };
    case "panel-chosen":
      return { ...workspace, panel: event.panel, problemsAutoShown: false };
    case "view-chosen":
      return { ...workspace, view: event.view };
    case "notice-set":
      return { ...workspace, notice: event.notice };
  }
}

function opened(workspace: Workspace, event: Extract<WorkspaceEvent, { kind: "opened" }>): Workspace {
  const unchanged = event.example !== null && equalTexts(event.files, event.example.files);
  const known = unchanged ? event.example : null;
  const origin = event.origin ?? workspace.origin;
  return withDerivedState({
    ...emptyWorkspace(workspace.autoRun),
    title: event.title,
    example: event.example,
    origin,
    untrustedSource: event.untrustedSource === undefined ? linkOf(origin) : event.untrustedSource,
    draft: event.draft?.id ?? null,
    files: event.files,
    active: firstModule(event.files),
    outputs: event.outputs,
    given: event.given ?? NO_VALUES,
    graph: known?.graph ?? EMPTY_GRAPH,
    problems: known?.run.problems ?? [],
    run: known?.run ?? null,
    completedSpec: known && { files: known.files, outputs: known.outputs, given: NO_VALUES },
    seconds: known === null ? {} : secondsOf(known.run),
    selected: event.selected,
    inspected: event.selected === null ? null : inspect(event.selected, known?.run ?? null),
    trusted: event.trusted,
    ...panelAfterRun(known !== null && !known.run.ok),
  });
}

function linkOf(origin: Workspace["origin"]): string | null {
  return origin.kind === "link" ? origin.fragment : null;
}

function foldsOf({ groups, folded }: Extract<WorkspaceEvent, { kind: "folds-set" }>): Folds {
  return Object.fromEntries(groups.map((group) => [group, folded]));
}

function valueEntered(workspace: Workspace, event: Extract<WorkspaceEvent, { kind: "value-set" }>): Workspace {
  const { role } = event;
  const given = { ...workspace.given, [role]: withValue(workspace.given[role], event) };
  // Which functions there are, and what they do, hangs on the config.
  return withDerivedState({ ...workspace, given, outlined: workspace.outlined && role !== "config" });
}

/** What is known of the node stays known under its new name, until the files have been read anew. */
function nodeRenamed(workspace: Workspace, event: Extract<WorkspaceEvent, { kind: "node-renamed" }>): Workspace {
  const newNameOf = (name: string): string => (name === event.from ? event.to : name);
  const { graph, inspected, outputs, run, seconds, selected, selector } = workspace;
  const { inputs, config, overrides } = workspace.given;
  return withDerivedState({
    ...workspace,
    files: event.files,
    outlined: false,
    given: { inputs: withKeys(inputs, newNameOf), config, overrides: withKeys(overrides, newNameOf) },
    outputs: outputs?.map(newNameOf) ?? null,
    selected: selected === null ? null : newNameOf(selected),
    selector: { ...selector, text: renameInSelector(selector.text, event.from, event.to) },
    inspected: inspected === null ? null : { ...inspected, node: newNameOf(inspected.node) },
    run: run && {
      ...run,
      nodes: withKeys(run.nodes, newNameOf),
      outputs: withKeys(run.outputs, newNameOf),
      graph: withNames(run.graph, newNameOf),
    },
    seconds: withKeys(seconds, newNameOf),
    graph: withNames(graph, newNameOf),
  });
}

function withNames(graph: GraphView, newNameOf: (name: string) => string): GraphView {
  return {
    ...graph,
    nodes: graph.nodes.map((node) => ({ ...node, name: newNameOf(node.name) })),
    edges: graph.edges.map((edge) => ({ ...edge, source: newNameOf(edge.source), target: newNameOf(edge.target) })),
  };
}

function outlined(workspace: Workspace, graph: GraphView): Workspace {
  const runnable = !graph.problems.some((problem) => problem.severity === "error");
  if (graph.problems.some(isUnreadable)) {
    return withDerivedState({ ...workspace, problems: graph.problems, runnable, outlined: true, readable: false });
  }
  const selected = selectionIn(workspace, graph);
  const problems = isEdited(workspace) ? graph.problems : problemsOfRun(workspace, graph);
  const { running } = workspace;
  return withDerivedState({
    ...(selected === null || selected === workspace.selected ? workspace : nodeSelected(workspace, selected, "caret")),
    graph,
    problems,
    runnable,
    outlined: true,
    readable: true,
    selected,
    running: running !== null && isRunOf(running.request, workspace) ? { ...running, graph } : running,
  });
}

/** The selected node in a new graph: under the name that it is given in the code while it is selected, too. */
function selectionIn({ selected, graph: before }: Workspace, graph: GraphView): string | null {
  if (selected === null || graph.nodes.some(({ name }) => name === selected)) return selected;
  const old = before.nodes.find(({ name }) => name === selected);
  const renamedNode = graph.nodes.find(
    (node) => node.line !== null && node.kind === old?.kind && node.file === old.file && node.line === old.line,
  );
  return renamedNode === undefined || before.nodes.some(({ name }) => name === renamedNode.name)
    ? null
    : renamedNode.name;
}

/** For the files that ran, or run now: what the run says counts, also after an edit that was taken back. */
function problemsOfRun({ running, run, problems }: Workspace, graph: GraphView): ProblemView[] {
  if (running === null && run !== null) return run.problems;
  return graph.problems.length > 0 ? graph.problems : problems;
}

/** What was said of the run before is over. */
function runStarted(workspace: Workspace, request: RunSpec): Workspace {
  const notice = workspace.notice?.about === "run" ? null : workspace.notice;
  return { ...workspace, notice, running: { request, graph: workspace.graph, states: {} } };
}

function runEnded(workspace: Workspace, request: RunSpec, result: RunView): Workspace {
  // While it ran, the code may have become other code, or broken: then what is known of that matters more.
  const isCurrent = isRunOf(request, workspace);
  const broken = result.problems.some((problem) => problem.severity === "error");
  return withDerivedState({
    ...withoutRun(workspace, request),
    run: result,
    completedSpec: request,
    valuesKept: true,
    seconds: { ...workspace.seconds, ...secondsOf(result) },
    graph: isCurrent && result.graph.nodes.length > 0 ? result.graph : workspace.graph,
    problems: isCurrent ? result.problems : workspace.problems,
    notice: workspace.notice?.about === "run" ? null : workspace.notice,
    ...(broken
      ? workspace.panel === "outputs" && panelAfterRun(true)
      : workspace.problemsAutoShown && panelAfterRun(false)),
    inspected: workspace.inspected && refreshInspected(workspace.inspected, workspace.stale, result),
  });
}

/** Until its new preview comes, a node's old one is out of date unless the run kept the value. */
function refreshInspected(inspected: Inspected, stale: ReadonlySet<string>, result: RunView): Inspected {
  const isUnchanged = getOwn(result.nodes, inspected.node)?.state === "reused" && !stale.has(inspected.node);
  return { ...inspected, due: true, replaced: inspected.replaced || !isUnchanged };
}

function runStopped(workspace: Workspace, request: RunSpec | null): Workspace {
  const rest = { ...(request === null ? workspace : withoutRun(workspace, request)), kept: false };
  if (rest.running !== null) return withDerivedState(rest); // a newer run has begun meanwhile
  return withDerivedState({
    ...rest,
    inspected: withoutPendingPreview(workspace.inspected),
    notice: { message: stoppedText(workspace), about: "run" },
  });
}

/** A run is over. A newer one may be under way. */
function withoutRun(workspace: Workspace, request: RunSpec): Workspace {
  return workspace.running?.request === request ? { ...workspace, running: null } : workspace;
}

/** How long the functions took that ran. */
function secondsOf({ nodes }: RunView): Record<string, number> {
  return Object.fromEntries(
    Object.entries(nodes).flatMap(([name, { seconds }]) => (seconds === undefined ? [] : [[name, seconds]])),
  );
}

/** Without outputs that the code no longer has; all that nothing reads where none is left. */
function withoutOutputs(workspace: Workspace, dropped: readonly string[]): Workspace {
  const left = workspace.outputs?.filter((name) => !dropped.includes(name)) ?? [];
  const names = dropped.map((name) => `\`${name}\``).join(", ");
  const are = dropped.length === 1 ? "is no longer a node" : "are no longer nodes";
  const rest = left.length === 0 ? "All outputs are computed." : "The other chosen outputs stay.";
  return {
    ...workspace,
    outputs: left.length === 0 ? null : left,
    notice: { message: `${names} ${are}. ${rest}`, about: "code", calm: true },
  };
}

/** What a run brings to the front: what went wrong, or what it came to. */
function panelAfterRun(problemsAutoShown: boolean): Pick<Workspace, "panel" | "problemsAutoShown"> {
  return { panel: problemsAutoShown ? "problems" : "outputs", problemsAutoShown };
}

/** What comes of a place that was left meanwhile is not shown. */
function previewed(workspace: Workspace, event: Extract<WorkspaceEvent, { kind: "previewed" }>): Workspace {
  const { inspected } = workspace;
  if (inspected?.node !== event.node || inspected.place !== event.place) return workspace;
  return { ...workspace, inspected: { ...inspected, preview: event.preview, due: false, replaced: false } };
}

function nodeSelected(workspace: Workspace, node: string | null, by: "hand" | "caret"): Workspace {
  if (node === null) return { ...workspace, selected: null, inspected: null, ...panelAfterRun(false) };
  const inspected = workspace.inspected?.node === node ? workspace.inspected : inspect(node, workspace.run);
  return {
    ...workspace,
    selected: node,
    inspected,
    ...(by === "hand" && { panel: "value", problemsAutoShown: false }),
  };
}

/** A node that is looked at from now on: at once, if the latest run has shown it. */
function inspect(node: string, run: RunView | null): Inspected {
  const seen = Object.entries(run?.outputs ?? {}).find(([name]) => name === node)?.[1];
  return { node, preview: seen ?? "loading", place: BEGINNING, due: seen === undefined, replaced: false };
}

/** What is heard of a run under way. Of nodes that the graph does not have nothing is noted: it could be any number. */
function nodeStatesChanged(workspace: Workspace, states: ReadonlyMap<string, NodeState>): Workspace {
  const { graph, run, running } = workspace;
  if (running === null) return workspace;
  const known = graph.nodes.filter(({ name }) => states.has(name));
  const reported = known.map(({ name }) => [name, { ...getOwn(run?.nodes, name), state: states.get(name) }]);
  return { ...workspace, running: { ...running, states: { ...running.states, ...Object.fromEntries(reported) } } };
}

function stoppedText({ running, pythonOverdue }: Workspace): string {
  return running !== null || pythonOverdue
    ? "Stopped. Your code is as you left it."
    : "Python starts anew. The next run computes every value again.";
}

/** A value that Python was stopped from showing is not waited for. */
function withoutPendingPreview(inspected: Inspected | null): Inspected | null {
  if (inspected === null || !inspected.due) return inspected;
  return { ...inspected, due: false, preview: inspected.preview === "loading" ? null : inspected.preview };
}

/** True for what Python's parser says; the graph on the page is then the last that could be read. */
function isUnreadable(problem: ProblemView): boolean {
  return ["SyntaxError", "IndentationError", "TabError"].includes(problem.kind);
}

function firstModule(files: Files): string {
  const names = Object.keys(files);
  return names.find((name) => name.endsWith(".py")) ?? names[0] ?? "";
}

function withKeys<Value>(values: Record<string, Value>, newNameOf: (name: string) => string): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [newNameOf(name), value]));
}

function withValue(
  given: Record<string, string>,
  { name, text }: { name: string; text: string | null },
): Record<string, string> {
  const { [name]: _, ...rest } = given;
  return text === null ? rest : { ...rest, [name]: text };
}
