/** The reducer for a workspace: how each event changes it. */

import { getOwn } from "../get-own.ts";
import { joinNames } from "../join-names.ts";
import type { Files, GraphView, NodeRun, ProblemView, RunView } from "../protocol.ts";
import type { TablePosition } from "../runtime/runtime.ts";
import { scriptBlocks } from "../script-blocks.ts";
import { renameInSelector } from "../selection/selector.ts";
import { withDerivedState, withoutCall } from "./derived-state.ts";
import type { ReportedState, WorkspaceEvent } from "./events.ts";
import {
  EMPTY_GRAPH,
  emptyWorkspace,
  equalTexts,
  type Folds,
  type Inspected,
  isEdited,
  isRunOf,
  type Measurement,
  NO_VALUES,
  type PackagesState,
  type RunSpec,
  type Workspace,
} from "./workspace.ts";

const TABLE_START: TablePosition = { row: 0, column: 0 };

export function reduce(workspace: Workspace, event: WorkspaceEvent): Workspace {
  const next = reduced(workspace, event);
  if (next.files === workspace.files && event.kind !== "opened") return next;
  const packages = event.kind === "opened" ? packagesIn(next) : packagesAfter(workspace, next);
  return packages === next.packages ? next : { ...next, packages };
}

function packagesIn({ files }: Workspace): PackagesState {
  return scriptBlocks(files) === "" ? "ready" : "unchecked";
}

/** Return the state of the packages after an edit. Only changed metadata is checked again. */
function packagesAfter(before: Workspace, after: Workspace): PackagesState {
  return scriptBlocks(before.files) === scriptBlocks(after.files) ? after.packages : packagesIn(after);
}

function reduced(workspace: Workspace, event: WorkspaceEvent): Workspace {
  switch (event.kind) {
    case "opened":
      return opened(workspace, event);
    case "draft-saved":
      // If the draft was saved before, keep the title: the visitor may have changed it during this save.
      return workspace.draft === event.draft ? workspace : { ...workspace, draft: event.draft, title: event.title };
    case "title-set":
      return { ...workspace, title: event.title };
    case "edited":
      return {
        ...workspace,
        files: { ...workspace.files, [event.file]: event.text },
        outlined: false,
        // Replaced code has different outputs, so the selection of outputs is reset.
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
      return { ...workspace, valuesAvailable: false };
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
        : { ...workspace, inspected: { ...workspace.inspected, position: event.position, isLoading: true } };
    case "previewed":
      return previewed(workspace, event);
    case "selector-set":
      return { ...workspace, selector: event.selector };
    case "folds-set":
      return { ...workspace, folds: { ...workspace.folds, ...foldsOf(event) } };
    case "trusted":
      // After consent, the deletion of a file can no longer be undone, so its notice is removed.
      return { ...workspace, trusted: true, notice: workspace.notice?.about === "files" ? null : workspace.notice };
    case "packages-checked":
      if (scriptBlocks(event.files) !== scriptBlocks(workspace.files)) return workspace;
      return { ...workspace, packages: event.areMet ? "ready" : "missing" };
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
    fieldTexts: event.fieldTexts ?? NO_VALUES,
    graph: known?.graph ?? EMPTY_GRAPH,
    problems: known?.run.problems ?? [],
    run: known?.run ?? null,
    completedSpec: known && { files: known.files, outputs: known.outputs, fieldTexts: NO_VALUES },
    measured: known === null ? {} : measurementsOf(known.run),
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
  const fieldTexts = { ...workspace.fieldTexts, [role]: withValue(workspace.fieldTexts[role], event) };
  // The config determines which functions exist and what they do.
  return withDerivedState({ ...workspace, fieldTexts, outlined: workspace.outlined && role !== "config" });
}

/** Move the data about a node to its new name. The next outline of the files replaces this data. */
function nodeRenamed(workspace: Workspace, event: Extract<WorkspaceEvent, { kind: "node-renamed" }>): Workspace {
  const newNameOf = (name: string): string => (name === event.from ? event.to : name);
  const { inspected, outputs, run, measured, selected, selector } = workspace;
  const { inputs, config, overrides } = workspace.fieldTexts;
  return withDerivedState({
    ...workspace,
    files: event.files,
    outlined: false,
    fieldTexts: { inputs: withKeys(inputs, newNameOf), config, overrides: withKeys(overrides, newNameOf) },
    outputs: outputs?.map(newNameOf) ?? null,
    selected: selected === null ? null : newNameOf(selected),
    selector: { ...selector, text: renameInSelector(selector.text, event.from, event.to) },
    inspected: inspected === null ? null : { ...inspected, node: newNameOf(inspected.node) },
    run: run && {
      ...run,
      nodes: withKeys(run.nodes, newNameOf),
      outputs: withKeys(run.outputs, newNameOf),
      graph: withNames(withoutNode(run.graph, event.to), newNameOf),
    },
    measured: withKeys(measured, newNameOf),
    graph: withNames(withoutNode(workspace.graph, event.to), newNameOf),
  });
}

/** Remove a missing input whose name a renamed node takes over. The input's edges remain. */
function withoutNode(graph: GraphView, name: string): GraphView {
  return { ...graph, nodes: graph.nodes.filter((node) => node.name !== name) };
}

function withNames(graph: GraphView, newNameOf: (name: string) => string): GraphView {
  return {
    ...graph,
    nodes: graph.nodes.map((node) => ({ ...node, name: newNameOf(node.name) })),
    edges: graph.edges.map((edge) => ({ ...edge, source: newNameOf(edge.source), target: newNameOf(edge.target) })),
  };
}

function outlined(workspace: Workspace, reply: GraphView): Workspace {
  const runnable = !reply.problems.some((problem) => problem.severity === "error");
  if (reply.problems.some(isUnreadable)) {
    return withDerivedState({ ...workspace, problems: reply.problems, runnable, outlined: true, readable: false });
  }
  // The static outline may show fewer nodes than the graph that a run of the same code has built.
  const { running, run } = workspace;
  const known = run !== null && !isEdited(workspace) ? run : null;
  const graph = known !== null && known.graph.nodes.length > 0 ? known.graph : reply;
  const problems = known?.problems ?? graph.problems;
  const selected = selectionIn(workspace, graph);
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

/** Return the selected node in a new graph. If the node was renamed in the code, return it under its new name. */
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

/** Start a run and remove the notice about the previous run. */
function runStarted(workspace: Workspace, request: RunSpec): Workspace {
  const notice = workspace.notice?.about === "run" ? null : workspace.notice;
  return { ...workspace, notice, running: { request, graph: workspace.graph, states: {} } };
}

function runEnded(workspace: Workspace, request: RunSpec, result: RunView): Workspace {
  // If the code has changed during the run, keep the graph and problems of the new code.
  const isCurrent = isRunOf(request, workspace);
  const broken = result.problems.some((problem) => problem.severity === "error");
  return withDerivedState({
    ...withoutRun(workspace, request),
    run: result,
    completedSpec: request,
    valuesAvailable: true,
    measured: { ...workspace.measured, ...measurementsOf(result) },
    graph: isCurrent && result.graph.nodes.length > 0 ? result.graph : workspace.graph,
    problems: isCurrent ? result.problems : workspace.problems,
    notice: workspace.notice?.about === "run" ? null : workspace.notice,
    ...(broken
      ? workspace.panel === "outputs" && panelAfterRun(true)
      : workspace.problemsAutoShown && panelAfterRun(false)),
    inspected: workspace.inspected && refreshInspected(workspace.inspected, workspace.stale, result),
  });
}

/** Request a new preview. Until it arrives, the current preview is marked as replaced, unless the run reused the value. */
function refreshInspected(inspected: Inspected, stale: ReadonlySet<string>, result: RunView): Inspected {
  const isUnchanged = getOwn(result.nodes, inspected.node)?.state === "reused" && !stale.has(inspected.node);
  return { ...inspected, isLoading: true, isReplaced: inspected.isReplaced || !isUnchanged };
}

function runStopped(workspace: Workspace, request: RunSpec | null): Workspace {
  const rest = { ...(request === null ? workspace : withoutRun(workspace, request)), valuesAvailable: false };
  if (rest.running !== null) return withDerivedState(rest); // a newer run is active
  return withDerivedState({
    ...rest,
    inspected: withoutPendingPreview(workspace.inspected),
    notice: { message: stoppedText(workspace), about: "run" },
  });
}

/** Remove a finished run, unless a newer run has started. */
function withoutRun(workspace: Workspace, request: RunSpec): Workspace {
  return workspace.running?.request === request ? { ...workspace, running: null } : workspace;
}

/** Return the measurements of the functions that a run called. */
function measurementsOf({ nodes }: RunView): Record<string, Measurement> {
  return Object.fromEntries(
    Object.entries(nodes).flatMap(([name, { seconds, bytes }]) =>
      seconds === undefined ? [] : [[name, bytes === undefined ? { seconds } : { seconds, bytes }]],
    ),
  );
}

/** Drop outputs that no longer exist. If no output is left, all leaf nodes are computed. */
function withoutOutputs(workspace: Workspace, dropped: readonly string[]): Workspace {
  const remaining = workspace.outputs?.filter((name) => !dropped.includes(name)) ?? [];
  const names = joinNames(dropped.map((name) => `\`${name}\``));
  const predicate = dropped.length === 1 ? "is no longer a node" : "are no longer nodes";
  const rest = remaining.length === 0 ? "All outputs will be computed." : "The other selected outputs remain.";
  return {
    ...workspace,
    outputs: remaining.length === 0 ? null : remaining,
    notice: { message: `${names} ${predicate}. ${rest}`, about: "code", calm: true },
  };
}

/** Return the panel to show after a run: problems or outputs. */
function panelAfterRun(problemsAutoShown: boolean): Pick<Workspace, "panel" | "problemsAutoShown"> {
  return { panel: problemsAutoShown ? "problems" : "outputs", problemsAutoShown };
}

/** Show a preview, unless the visitor has selected another node or moved to another part of the table. */
function previewed(workspace: Workspace, event: Extract<WorkspaceEvent, { kind: "previewed" }>): Workspace {
  const { inspected } = workspace;
  if (inspected?.node !== event.node || inspected.position !== event.position) return workspace;
  return { ...workspace, inspected: { ...inspected, preview: event.preview, isLoading: false, isReplaced: false } };
}

function nodeSelected(workspace: Workspace, node: string | null, by: "visitor" | "caret"): Workspace {
  if (node === null) return { ...workspace, selected: null, inspected: null, ...panelAfterRun(false) };
  const inspected = workspace.inspected?.node === node ? workspace.inspected : inspect(node, workspace.run);
  return {
    ...workspace,
    selected: node,
    inspected,
    ...(by === "visitor" && { panel: "value", problemsAutoShown: false }),
  };
}

/** Start inspecting a node. Its preview is shown immediately if the latest run includes it. */
function inspect(node: string, run: RunView | null): Inspected {
  const preview = Object.entries(run?.outputs ?? {}).find(([name]) => name === node)?.[1];
  return {
    node,
    preview: preview ?? "loading",
    position: TABLE_START,
    isLoading: preview === undefined,
    isReplaced: false,
  };
}

/** Update node states during a run. Unknown nodes are ignored, because code could report any number of them. */
function nodeStatesChanged(workspace: Workspace, states: ReadonlyMap<string, ReportedState>): Workspace {
  const { graph, run, running } = workspace;
  if (running === null) return workspace;
  const reported = graph.nodes.flatMap(({ name }): [string, NodeRun][] => {
    const state = states.get(name);
    if (state === undefined) return [];
    const { elements: _earlier, ...latest } = withoutCall(getOwn(run?.nodes, name));
    return [[name, { ...latest, ...state }]];
  });
  return { ...workspace, running: { ...running, states: { ...running.states, ...Object.fromEntries(reported) } } };
}

function stoppedText({ running, pythonOverdue }: Workspace): string {
  return running !== null || pythonOverdue
    ? "Stopped. Your code has not changed."
    : "Python is restarting. The next run computes every value again.";
}

/** Stop waiting for a preview, because Python was stopped. */
function withoutPendingPreview(inspected: Inspected | null): Inspected | null {
  if (inspected === null || !inspected.isLoading) return inspected;
  return { ...inspected, isLoading: false, preview: inspected.preview === "loading" ? null : inspected.preview };
}

/** Return whether Python could not parse the code. In that case, the graph of the previous code remains. */
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
  texts: Record<string, string>,
  { name, text }: { name: string; text: string | null },
): Record<string, string> {
  const { [name]: _, ...rest } = texts;
  return text === null ? rest : { ...rest, [name]: text };
}
