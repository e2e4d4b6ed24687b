/** Everything that an element shows, as one value. Nothing here reaches outside. */

import type { Example } from "../example.ts";
import type { FieldTexts, Files, GraphView, NodeRun, NodeView, Preview, ProblemView, RunView } from "../protocol.ts";
import type { TablePosition } from "../runtime/runtime.ts";

/** Where code came from, and where Reset leads back to. */
export type Origin = { kind: "example"; name: string } | { kind: "link"; fragment: string } | { kind: "new" };

/** What the visitor folded (true) and unfolded (false), by the ids of groups of nodes. */
export type Folds = Readonly<Record<string, boolean>>;

export type View = "code" | "graph" | "output";
export type Panel = "value" | "outputs" | "inputs" | "prints" | "problems";

export interface Inspected {
  node: string;
  /** What was seen last; "loading" before that. */
  preview: Preview | null | "loading";
  /** Where in a large table the visitor looks. */
  place: TablePosition;
  /** True while Python has not said what is there. */
  due: boolean;
  /** True where the preview is of a value that a later run has replaced. */
  replaced: boolean;
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

/** What a run is asked for. */
export interface RunSpec {
  files: Files;
  outputs: readonly string[] | null;
  given: FieldTexts;
}

/** A run under way. */
export interface ActiveRun {
  request: RunSpec;
  /** The dataflow as it was known when the run began. */
  graph: GraphView;
  /** What was heard of its nodes. */
  states: Record<string, NodeRun>;
}

export interface Workspace {
  title: string;
  /** The built-in example that this began with; null for code that came whole with a link. */
  example: Example | null;
  /** Where the code came from, and where Reset leads back to. */
  origin: Origin;
  /** The link or the address option that the code came with; null for code of the site and of this visitor. */
  untrustedSource: string | null;
  /** The draft that keeps the code; null while it is as it came. */
  draft: string | null;
  files: Files;
  /** The name of the file in the editor. */
  active: string;
  /** Which outputs a run computes; null for all that nothing reads. */
  outputs: string[] | null;
  /** What the visitor typed in for inputs and config, in the place of defaults. */
  given: FieldTexts;
  /** The newest graph whose source could be read. */
  graph: GraphView;
  /** What is wrong with the files as they stand, or what went wrong in the latest run. */
  problems: ProblemView[];
  /** False while the source, as far as reading it tells, cannot run. */
  runnable: boolean;
  /** False while Python has not read the files as they stand. */
  outlined: boolean;
  /** False where Python cannot say what the newest text is; the graph is then that of an earlier text. */
  readable: boolean;
  /** The latest run that came to an end, which may be that of the site's build. */
  run: RunView | null;
  /** What that run was asked for. */
  completedSpec: RunSpec | null;
  /** True while Python has the values of that run: the next one computes only what has changed. */
  valuesKept: boolean;
  /** How long each function took when it ran last, in seconds. */
  seconds: Record<string, number>;
  /** The newest run that is under way. */
  running: ActiveRun | null;
  /** The nodes whose values are not those of the code as it stands. */
  stale: ReadonlySet<string>;
  /** What the page shows of each node: what became of it in the run under way or in the latest one, or that it is stale. */
  runs: Record<string, NodeRun>;
  selected: string | null;
  inspected: Inspected | null;
  /** False for a stranger's code until the visitor says that it may run. */
  trusted: boolean;
  autoRun: boolean;
  /** True while Python has owed an answer, to whatever it was asked, for longer than a moment. */
  pythonOverdue: boolean;
  notice: Notice | null;
  panel: Panel;
  /** True where Problems came to the front by itself, and goes by itself. */
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
    given: NO_VALUES,
    graph: EMPTY_GRAPH,
    problems: [],
    runnable: true,
    outlined: false,
    readable: true,
    run: null,
    completedSpec: null,
    valuesKept: false,
    seconds: {},
    running: null,
    stale: new Set(),
    runs: {},
    selected: null,
    inspected: null,
    trusted: true,
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

/** Why the graph is not known, in a sentence that stands in its place; null if it is. */
export function graphPlaceholder({ graph, runnable }: Workspace): string | null {
  if (!runnable) return "Nothing to draw until the code can be read: Problems says what is in the way.";
  return graph === EMPTY_GRAPH ? "Drawn as soon as Python has read the code." : null;
}

/** True if the files, or what is asked of them, differ from those of the latest run, or nothing has run yet. */
export function isEdited(workspace: Workspace): boolean {
  return workspace.completedSpec === null || !isRunOf(workspace.completedSpec, workspace);
}

/** True if a run was asked for exactly what is on the page. */
export function isRunOf(request: RunSpec, { files, outputs, given }: Workspace): boolean {
  return equalTexts(request.files, files) && equalSettings(request, { outputs, given });
}

export function runSpecOf({ files, outputs, given }: Workspace): RunSpec {
  return { files, outputs, given };
}

/** The node whose function stands at a line of a file. */
export function nodeAt(graph: GraphView, file: string, line: number): NodeView | undefined {
  return graph.nodes.find(
    (node) => node.file === file && node.line !== null && node.line <= line && line <= (node.end ?? node.line),
  );
}

function equalSettings(first: Omit<RunSpec, "files">, second: Omit<RunSpec, "files">): boolean {
  const { inputs, config, overrides } = first.given;
  return (
    (first.outputs === second.outputs || first.outputs?.join() === second.outputs?.join()) &&
    equalTexts(inputs, second.given.inputs) &&
    equalTexts(config, second.given.config) &&
    equalTexts(overrides, second.given.overrides)
  );
}

export function equalTexts(first: Files, second: Files): boolean {
  const names = Object.keys(first);
  return names.length === Object.keys(second).length && names.every((name) => first[name] === second[name]);
}
