/** Everything that an element shows, as one value, and how each event changes it. Nothing here reaches outside. */

import type { Origin } from "../drafts/draft.ts";
import type { Example } from "../example.ts";
import type { Folds } from "../graph/groups.ts";
import { renamedIn } from "../graph/selector.ts";
import type {
  Files,
  Given,
  GraphView,
  NodeRun,
  NodeState,
  NodeView,
  Preview,
  ProblemView,
  RunView,
} from "../protocol.ts";
import type { Place } from "../runtime/runtime.ts";

export type Activity = "resting" | "running";
export type View = "code" | "graph" | "output";
export type Panel = "value" | "outputs" | "inputs" | "prints" | "problems";

export interface Inspected {
  node: string;
  /** What was seen last; "loading" before that. */
  preview: Preview | null | "loading";
  /** Where in a large table the visitor looks. */
  place: Place;
  /** True while Python has not said what is there. */
  due: boolean;
}

/**
 * Something that the visitor has to know and can dismiss, in a sentence. What is about a run goes with the next one, what
 * is about the code or the files with the next change of them.
 */
export interface Notice {
  message: string;
  about: "run" | "code" | "files" | "link" | "draft";
  /** True where what it tells of can be undone. */
  undo?: boolean;
  /** True where nothing is wrong. */
  calm?: boolean;
}

/** What is typed into the selector box, and whether the rest is left out. */
export interface Selector {
  text: string;
  only: boolean;
}

export interface Workspace {
  title: string;
  /** The built-in example that this began with; null for code that came whole with a link. */
  example: Example | null;
  /** Where the code came from, and where Reset leads back to. */
  origin: Origin;
  /** The draft that keeps the code; null while it is as it came. */
  draft: string | null;
  files: Files;
  /** The name of the file in the editor. */
  active: string;
  /** Which outputs a run computes; null for all that nothing reads. */
  outputs: string[] | null;
  /** What the visitor typed in for inputs and config, in the place of defaults. */
  given: Given;
  /** The newest graph whose source could be read. */
  graph: GraphView;
  /** What is wrong with the files as they stand, or what went wrong in the latest run. */
  problems: ProblemView[];
  /** False while the source, as far as reading it tells, cannot run. */
  sound: boolean;
  /** What became of each node in the latest run. */
  runs: Record<string, NodeRun>;
  /** The latest run that came to an end. */
  run: RunView | null;
  /** The files that the latest run ran. */
  ranFiles: Files | null;
  /** What the latest run was asked for, besides. */
  ranWith: Pick<Workspace, "outputs" | "given">;
  selected: string | null;
  inspected: Inspected | null;
  /** False for a stranger's code until the visitor says that it may run. */
  trusted: boolean;
  autoRun: boolean;
  activity: Activity;
  /** True while Python has owed an answer, to whatever it was asked, for longer than a moment. */
  waiting: boolean;
  notice: Notice | null;
  panel: Panel;
  /** True where Problems came to the front by itself, and goes by itself. */
  problemsCame: boolean;
  view: View;
  selector: Selector;
  folds: Folds;
}

export type WorkspaceEvent =
  | {
      kind: "opened";
      title: string;
      example: Example | null;
      files: Files;
      outputs: string[] | null;
      selected: string | null;
      trusted: boolean;
      given?: Given;
      origin?: Origin;
      /** The draft that this is, as it was read. */
      draft?: { id: string; revision: number };
    }
  | { kind: "kept"; draft: string; title: string }
  | { kind: "renamed"; title: string }
  | { kind: "edited"; file: string; text: string }
  /** A node has another name now, wherever the files speak of it. */
  | { kind: "node-renamed"; files: Files; from: string; to: string }
  /** A value as JSON text; null for the default. */
  | { kind: "given"; role: keyof Given; name: string; text: string | null }
  | { kind: "outputs-chosen"; outputs: string[] | null }
  /** Files came, went or got other names; these are all that there are now. */
  | { kind: "files-changed"; files: Files; active: string }
  | { kind: "outlined"; graph: GraphView }
  | { kind: "run-began"; files: Files }
  | { kind: "nodes-changed"; states: ReadonlyMap<string, NodeState> }
  | { kind: "run-ended"; result: RunView }
  | { kind: "run-stopped" }
  | { kind: "waited"; waiting: boolean }
  | { kind: "run-failed"; message: string }
  | { kind: "file-chosen"; file: string; view: View }
  /** A node picked in the graph or a list opens its value; one that the caret came into is only marked. */
  | { kind: "node-chosen"; node: string | null; by: "hand" | "caret" }
  | { kind: "place-chosen"; place: Place }
  | { kind: "previewed"; node: string; place: Place; preview: Preview | null }
  | { kind: "selector-set"; selector: Selector }
  | { kind: "folded"; groups: readonly string[]; folded: boolean }
  | { kind: "trusted" }
  | { kind: "auto-run-set"; on: boolean }
  | { kind: "panel-chosen"; panel: Panel }
  | { kind: "view-chosen"; view: View }
  | { kind: "noticed"; notice: Notice | null };

const BEGINNING: Place = { row: 0, column: 0 };
export const NOTHING_GIVEN: Given = { inputs: {}, config: {}, overrides: {} };
export const NO_SELECTOR: Selector = { text: "", only: false };
const EMPTY_GRAPH: GraphView = { nodes: [], edges: [], problems: [] };

export function emptyWorkspace(autoRun: boolean): Workspace {
  return {
    title: "",
    example: null,
    origin: { kind: "new" },
    draft: null,
    files: {},
    active: "",
    outputs: null,
    given: NOTHING_GIVEN,
    graph: EMPTY_GRAPH,
    problems: [],
    sound: true,
    runs: {},
    run: null,
    ranFiles: null,
    ranWith: { outputs: null, given: NOTHING_GIVEN },
    selected: null,
    inspected: null,
    trusted: true,
    autoRun,
    activity: "resting",
    waiting: false,
    notice: null,
    selector: NO_SELECTOR,
    folds: {},
    panel: "outputs",
    problemsCame: false,
    view: "code",
  };
}

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
      return { ...workspace, trusted: true };
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

/** Why the graph is not known, in a sentence that stands in its place; null if it is. */
export function unknownGraph({ graph, sound }: Workspace): string | null {
  if (!sound) return "Nothing to draw until the code can be read: Problems says what is in the way.";
  return graph === EMPTY_GRAPH ? "Drawn as soon as Python has read the code." : null;
}

/**
 * True if the files, or what is asked of them, differ from those of the latest run, be it that of the site's build, or
 * nothing has run yet.
 */
export function isEdited(workspace: Workspace): boolean {
  const ran = workspace.ranFiles ?? (workspace.run === null ? null : (workspace.example?.files ?? null));
  return ran === null || !sameFiles(workspace.files, ran) || !sameWishes(workspace, workspace.ranWith);
}

/** The node whose function stands at a line of a file. */
export function nodeAt(graph: GraphView, file: string, line: number): NodeView | undefined {
  return graph.nodes.find(
    (node) => node.file === file && node.line !== null && node.line <= line && line <= (node.end ?? node.line),
  );
}

function opened(workspace: Workspace, event: Extract<WorkspaceEvent, { kind: "opened" }>): Workspace {
  const unchanged = event.example !== null && sameFiles(event.files, event.example.files);
  const known = unchanged ? event.example : null;
  return {
    ...emptyWorkspace(workspace.autoRun),
    title: event.title,
    example: event.example,
    origin: event.origin ?? workspace.origin,
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
  const heard = known.map(({ name }) => [name, { ...runs[name], state: states.get(name) }]);
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

function sameWishes(one: Workspace["ranWith"], other: Workspace["ranWith"]): boolean {
  const { inputs, config, overrides } = one.given;
  return (
    (one.outputs === other.outputs || one.outputs?.join() === other.outputs?.join()) &&
    sameFiles(inputs, other.given.inputs) &&
    sameFiles(config, other.given.config) &&
    sameFiles(overrides, other.given.overrides)
  );
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

function sameFiles(one: Files, other: Files): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}
