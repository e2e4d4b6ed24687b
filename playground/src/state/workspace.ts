/** Everything that an element shows, as one value. Nothing here reaches outside. */

// biome-ignore lint/style/noRestrictedImports: `Origin` belongs in `state/`.
import type { Origin } from "../drafts/draft.ts";
import type { Example } from "../example.ts";
// biome-ignore lint/style/noRestrictedImports: `Folds` belongs in `state/`.
import type { Folds } from "../graph/groups.ts";
import type { Files, Given, GraphView, NodeRun, NodeView, Preview, ProblemView, RunView } from "../protocol.ts";
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

export const NOTHING_GIVEN: Given = { inputs: {}, config: {}, overrides: {} };
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

function sameWishes(one: Workspace["ranWith"], other: Workspace["ranWith"]): boolean {
  const { inputs, config, overrides } = one.given;
  return (
    (one.outputs === other.outputs || one.outputs?.join() === other.outputs?.join()) &&
    sameFiles(inputs, other.given.inputs) &&
    sameFiles(config, other.given.config) &&
    sameFiles(overrides, other.given.overrides)
  );
}

export function sameFiles(one: Files, other: Files): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}
