/** Everything that an element shows, as one immutable value. */

import type { Example } from "../example.ts";
import type { FieldTexts, Files, GraphView, NodeRun, NodeView, Preview, ProblemView, RunView } from "../protocol.ts";
import type { TablePosition } from "../runtime/runtime.ts";

/** The origin of the code. Reset reopens the code from its origin. */
export type Origin = { kind: "example"; name: string } | { kind: "link"; fragment: string } | { kind: "new" };

/** The groups of nodes that the visitor folded (true) or unfolded (false), keyed by id. */
export type Folds = Readonly<Record<string, boolean>>;

export type View = "code" | "graph" | "output";
export type Panel = "value" | "outputs" | "inputs" | "prints" | "problems";

export interface Inspected {
  node: string;
  /** The latest preview; "loading" until the first preview arrives. */
  preview: Preview | null | "loading";
  /** The part of a large table that is shown. */
  position: TablePosition;
  /** True while the preview is being fetched. */
  isLoading: boolean;
  /** True if a later run has replaced the value of the preview. */
  isReplaced: boolean;
}

/**
 * A message that the visitor can dismiss. A notice about a run disappears at the next run. A notice about the code or the files
 * disappears when they change. A notice about code completion disappears when code completion works again.
 */
export interface Notice {
  message: string;
  about: "run" | "code" | "completion" | "files" | "link" | "draft";
  /** True if the reported action can be undone. */
  undo?: boolean;
  /** True if the notice does not report a problem. */
  calm?: boolean;
}

/** The text in the selector box, and whether nodes that do not match it are hidden. */
export interface Selector {
  text: string;
  only: boolean;
}

/** The specification of a run: files, outputs and entered values. */
export interface RunSpec {
  files: Files;
  outputs: readonly string[] | null;
  fieldTexts: FieldTexts;
}

export interface ActiveRun {
  request: RunSpec;
  /** The graph at the start of the run. */
  graph: GraphView;
  /** The reported states of the run's nodes. */
  states: Record<string, NodeRun>;
}

/** The measurements of a function's call. */
export interface Measurement {
  seconds: number;
  /** The size of the returned value in memory; absent if unknown. */
  bytes?: number;
}

/**
 * The state of the packages that the code lists in script metadata. A run waits until they are checked, and does not start if
 * any are missing.
 */
export type PackagesState = "ready" | "unchecked" | "missing";

export interface Workspace {
  title: string;
  /** The built-in example on which the code is based; null for code entirely from a link. */
  example: Example | null;
  /** The origin of the code. Reset reopens the code from its origin. */
  origin: Origin;
  /** The link or URL option from which the code came; null for code from the site or this visitor. */
  untrustedSource: string | null;
  /** The draft of the code; null while the code is unchanged. */
  draft: string | null;
  files: Files;
  /** The name of the active file. */
  active: string;
  /** The outputs that a run computes; null for all leaf nodes. */
  outputs: string[] | null;
  /** The values that the visitor entered for inputs, config and overrides. */
  fieldTexts: FieldTexts;
  /** The graph of the latest code that could be outlined. */
  graph: GraphView;
  /** Problems in the current files, or from the latest run. */
  problems: ProblemView[];
  /** False if the outline found an error that prevents a run. */
  runnable: boolean;
  /** False while Python has not outlined the current files. */
  outlined: boolean;
  /** False if Python could not outline the newest code. The graph is then from earlier code. */
  readable: boolean;
  /** The latest completed run, which may be a run from the site's build. */
  run: RunView | null;
  /** The specification of the latest completed run. */
  completedSpec: RunSpec | null;
  /** True while Python still has the values of the latest completed run, so the next run computes only what has changed. */
  valuesAvailable: boolean;
  /** The measurements of each function's latest call. */
  measured: Record<string, Measurement>;
  /** The newest active run. */
  running: ActiveRun | null;
  /** The nodes whose values are stale. */
  stale: ReadonlySet<string>;
  /** The state shown for each node: from the active or the latest run, or stale. */
  runs: Record<string, NodeRun>;
  selected: string | null;
  inspected: Inspected | null;
  /** False for untrusted code until the visitor allows it to run. */
  trusted: boolean;
  packages: PackagesState;
  autoRun: boolean;
  /** True while a reply from Python is overdue. */
  pythonOverdue: boolean;
  notice: Notice | null;
  panel: Panel;
  /** True if the Problems panel was opened automatically, so it may be closed automatically. */
  problemsAutoShown: boolean;
  view: View;
  selector: Selector;
  folds: Folds;
}

export const NO_VALUES: FieldTexts = { inputs: {}, config: {}, overrides: {} };
export const NO_SELECTOR: Selector = { text: "", only: false };
export const EMPTY_GRAPH: GraphView = { nodes: [], edges: [], problems: [] };

export function emptyWorkspace(autoRun: boolean): Workspace {
  return {
    title: "",
    example: null,
    origin: { kind: "new" },
    untrustedSource: null,
    draft: null,
    files: {},
    active: "",
    outputs: null,
    fieldTexts: NO_VALUES,
    graph: EMPTY_GRAPH,
    problems: [],
    runnable: true,
    outlined: false,
    readable: true,
    run: null,
    completedSpec: null,
    valuesAvailable: false,
    measured: {},
    running: null,
    stale: new Set(),
    runs: {},
    selected: null,
    inspected: null,
    trusted: true,
    packages: "ready",
    autoRun,
    pythonOverdue: false,
    notice: null,
    selector: NO_SELECTOR,
    folds: {},
    panel: "outputs",
    problemsAutoShown: false,
    view: "code",
  };
}

/** Return the text to show while the graph is unknown; null if the graph is known. */
export function graphPlaceholder({ graph, runnable }: Workspace): string | null {
  if (!runnable) return "The graph appears once the errors in the code are fixed. See Problems.";
  return graph === EMPTY_GRAPH ? "The graph appears once Python has read the code." : null;
}

/** Return whether the code is allowed to run, even if it contains errors. */
export function mayRun({ trusted, packages }: Workspace): boolean {
  return trusted && packages === "ready";
}

/** Return whether files, outputs or values differ from the latest run, or nothing has run yet. */
export function isEdited(workspace: Workspace): boolean {
  return workspace.completedSpec === null || !isRunOf(workspace.completedSpec, workspace);
}

/** Return whether the latest run is from the site's build instead of the visitor's browser. */
export function isPrerendered({ run, example }: Pick<Workspace, "run" | "example">): boolean {
  return run !== null && run === example?.run;
}

/** Return whether a run has exactly the files, outputs and values of a workspace. */
export function isRunOf(request: RunSpec, { files, outputs, fieldTexts }: Workspace): boolean {
  return equalTexts(request.files, files) && equalSettings(request, { outputs, fieldTexts });
}

export function runSpecOf({ files, outputs, fieldTexts }: Workspace): RunSpec {
  return { files, outputs, fieldTexts };
}

/** Return the node whose function contains a line. */
export function nodeAt(graph: GraphView, file: string, line: number): NodeView | undefined {
  return graph.nodes.find(
    (node) => node.file === file && node.line !== null && node.line <= line && line <= (node.end ?? node.line),
  );
}

function equalSettings(first: Omit<RunSpec, "files">, second: Omit<RunSpec, "files">): boolean {
  const { inputs, config, overrides } = first.fieldTexts;
  return (
    (first.outputs === second.outputs || first.outputs?.join() === second.outputs?.join()) &&
    equalTexts(inputs, second.fieldTexts.inputs) &&
    equalTexts(config, second.fieldTexts.config) &&
    equalTexts(overrides, second.fieldTexts.overrides)
  );
}

export function equalTexts(first: Files, second: Files): boolean {
  const names = Object.keys(first);
  return names.length === Object.keys(second).length && names.every((name) => first[name] === second[name]);
}
