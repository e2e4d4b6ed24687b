// Written by `make wire` from src/headwater/wire/. Edit what stands there, and run it again.

/** What crosses the seam between the page and the sealed Python. */

export type NodeKind = "function" | "input" | "config";

export type NodeState =
  | "idle"
  | "stale"
  | "queued"
  | "running"
  | "succeeded"
  | "reused"
  | "overridden"
  | "failed"
  | "skipped"
  | "waiting";

export type Severity = "error" | "warning";

export type CodeChange = "added" | "removed" | "changed" | "same";

export type ValueChange = "same" | "different" | "unknown";

export type FieldRole = "inputs" | "config" | "overrides";

/** The kinds of export. */
export type ExportKind = "project" | "test" | "script" | "dot" | "mermaid";

/**
 * How a value can be entered.
 *
 * Values are JSON texts, which tell 1 from 1.0 everywhere, or begin with their form and a colon: `literal:(1, 2)` for a
 * Python literal, `date:2024-01-31`, `datetime:2024-01-31T12:00`, and for a table `file:rain.csv` or `table:a,b`.
 */
export interface FieldView {
  kind: "int" | "float" | "bool" | "str" | "choice" | "json" | "literal" | "date" | "datetime" | "table";
  /** The values that there are to choose from; empty for other kinds. */
  choices: string[];
  /** The value where nobody gives one; `null` if there is none, or none that can be typed in. */
  default: string | null;
}

/** One node, as drawn and listed. */
export interface NodeView {
  name: string;
  kind: NodeKind;
  /**
   * The annotation as a reader would write it, without module paths: `Series`, `list[int]`; of what has a default or
   * was given a value, with it: `int = 14`.
   */
  type: string;
  doc: string;
  tags: Record<string, string | string[]>;
  /** The name of the function the node was made from; `null` for an input. */
  function: string | null;
  module: string | null;
  file: string | null;
  /** 1-based line of the function's `def`. */
  line: number | null;
  /** 1-based last line of the function. */
  end: number | null;
  /** `true` if no other node reads this one: it is computed when nobody says which outputs to compute. */
  output: boolean;
  /** Of an input that can be typed in, and of a function whose value can be typed in to override it. */
  field?: FieldView;
  /** Of a function in a session: another one where the node's code, its data files or its bindings are other ones. */
  stamp?: string;
}

/** A value flowing from one node into a parameter of another. */
export interface EdgeView {
  source: string;
  target: string;
  optional: boolean;
}

/** One line of a traceback that stands in the user's own files. */
export interface FrameView {
  file: string;
  line: number;
  function: string;
  code: string;
  /** How many lines that end here follow again; absent where none do. */
  repeated?: number;
  /** How often they follow again. */
  times?: number;
}

/** A value that the user can set: an input, a config value or an override. */
export interface FieldReference {
  role: FieldRole;
  name: string;
}

/** Something wrong, and where. */
export interface ProblemView {
  /** `SyntaxError`, `CycleError`, `MissingInput`, `AttributeError` ...: the exception's class name. */
  kind: string;
  severity: Severity;
  message: string;
  file: string | null;
  line: number | null;
  /** 1-based column, where it is known. */
  column: number | null;
  node: string | null;
  /** The user's own frames, outermost first; empty where nothing ran. */
  frames: FrameView[];
  /** The values to set or to correct; absent where the problem is not about any. */
  fields?: FieldReference[];
  /** The input that is missing; absent where none is. */
  input?: string;
  /** The argument that the function changes; absent where it changes none. */
  argument?: string;
  /** The module that is not there, by its first name; absent where none is missing, or one of the standard library. */
  module?: string;
}

/** A dataflow: nodes in the order in which they are written, and the edges between them. */
export interface GraphView {
  nodes: NodeView[];
  edges: EdgeView[];
  problems: ProblemView[];
  /** The config keys that variants of functions look at; absent where none does. */
  config?: Record<string, FieldView>;
}

/** How a graph differs from an earlier one of the same session. */
export interface GraphChange {
  /** The version of the earlier graph. */
  since: number;
  /** The nodes that are new or shown in another way. */
  nodes: NodeView[];
  /** The names of all nodes in their order; `null` if it is that of before. */
  order: string[] | null;
  /** All edges; `null` if they are those of before. */
  edges: EdgeView[] | null;
  problems: ProblemView[];
  config?: Record<string, FieldView>;
}

/** The head of a column. */
export interface ColumnView {
  name: string;
  dtype: string;
}

/** All values of a column of numbers, dates or booleans, as a line of few points. */
export interface CurveView {
  /** The values that the line stands for. */
  count: number;
  /** Those of them that are missing or infinite, and have no point. */
  gaps: number;
  /** The smallest finite value, as it is printed. */
  low: string;
  high: string;
  /**
   * For each part of the column its smallest and its largest value, in their order, from 0 for `low` to 1 for `high`;
   * one value where they are the same, none where the part has no finite value.
   */
  points: number[][];
}

/**
 * A part of a frame, series or array, its beginning unless another was asked for.
 *
 * `rows` are texts as pandas would print them; the first `indexes` columns are the index.
 */
export interface TablePreview {
  kind: "table";
  type: string;
  columns: ColumnView[];
  indexes: number;
  rows: string[][];
  /** Rows and columns of the whole value, the index not counted. */
  shape: number[];
  /** The position of the first row that is here, from 0; absent at the beginning. */
  row?: number;
  /** The position of the first column that is here, the index not counted; absent at the beginning. */
  column?: number;
  /** All values of the only column; absent where there are several, few values, or no order to draw. */
  curve?: CurveView;
}

/** A value that fits on a line. */
export interface ScalarPreview {
  kind: "scalar";
  type: string;
  text: string;
}

/** A text, cut off where it is too long. */
export interface TextPreview {
  kind: "text";
  type: string;
  text: string;
  truncated: boolean;
}

/** A picture: `data` is base64. */
export interface ImagePreview {
  kind: "image";
  type: string;
  mime: "image/png";
  data: string;
}

/** Nested lists and dictionaries, pretty-printed as JSON. */
export interface TreePreview {
  kind: "tree";
  type: string;
  text: string;
  truncated: boolean;
}

export type Preview = TablePreview | ScalarPreview | TextPreview | ImagePreview | TreePreview;

/** What became of one node in the latest run. */
export interface NodeRun {
  /** `waiting` if the node needs an input that is not given; `skipped` if a node that it needs has no value. */
  state: NodeState;
  /**
   * The inputs that are not given, the first few: of a waiting node its own, of a skipped one those of the nodes
   * upstream.
   */
  needs?: string[];
  /** Time that the function itself took; absent where it did not run. */
  seconds?: number;
  /** What the function printed, capped; absent where it printed nothing. */
  prints?: string;
  /**
   * Why the next run computes the value again even if nothing that it depends on changes; absent where that need not
   * be.
   */
  again?: string;
}

/** What a run tells besides its graph. */
export interface RunSummary {
  ok: boolean;
  seconds: number;
  ran: number;
  reused: number;
  /** Nodes that the outputs need, inputs and overridden ones not counted. */
  total: number;
  nodes: Record<string, NodeRun>;
  outputs: Record<string, Preview>;
  problems: ProblemView[];
  /** What the modules printed while they were imported, capped; absent where they printed nothing. */
  prints?: string;
}

/** The outcome of a run: what ran, what was reused, what the outputs look like, what went wrong. */
export interface RunView extends RunSummary {
  /** The graph as built, which may know more than the outline did. */
  graph: GraphView;
}

/** What differs between the nodes of one name in two dataflows. */
export interface NodeComparison {
  /** `changed` also where another default, input or data file comes to the function; comments make no difference. */
  code: CodeChange;
  /** `null` unless both have a value; `unknown` where two look alike and nothing tells for certain. */
  value: ValueChange | null;
}

/** What differs between two dataflows, for each node of either. */
export interface ComparisonView {
  nodes: Record<string, NodeComparison>;
}

/** What a lesson's check says of a dataflow. */
export interface CheckView {
  passed: boolean;
  /** What is not right yet, in words. */
  message: string;
}

/** The exported files, or the reason for refusing the export. */
export interface ExportView {
  /** What the file is called, or the folder of several. */
  name: string;
  /** The texts by path; empty where there is a refusal. */
  files: Record<string, string>;
  /** What is worth knowing of them, a sentence each. */
  notes: string[];
  /** Why there are none, in a sentence. */
  refusal: string | null;
}

/** The text of every file of a dataflow by its name: modules (`.py`) and data (`.csv`, `.json`, `.txt`). */
export type Files = Record<string, string>;

/**
 * What was typed in, by role and name: JSON texts, since a number of JavaScript would not tell 1 from 1.0, or texts
 * that begin with their form. `FieldView` lists the forms.
 */
export type FieldTexts = Record<FieldRole, Files>;

export type BootStage = "fetch" | "core" | "ready" | "complete";

/** What a request has in common with all replies to it. */
export interface Exchange {
  id: number;
  session: string;
}

/** Asks for the graph of files as they are written, without running anything. */
export interface OutlineRequest extends Exchange {
  kind: "outline";
  files: Files;
  given?: FieldTexts;
  /** `false` where there is no value that could be stale: stamps of a large dataflow take as long as its outline. */
  stamps?: boolean;
  /** The version of the graph that the page has; the reply may tell only what has changed since. */
  since?: number;
}

/** Runs what is out of date of the outputs. */
export interface RunRequest extends Exchange {
  kind: "run";
  files: Files;
  /** `null` for all that no other node reads. */
  outputs: string[] | null;
  given?: FieldTexts;
  since?: number;
}

/** Asks for a part of the value of a node. */
export interface PreviewRequest extends Exchange {
  kind: "preview";
  node: string;
  row?: number;
  column?: number;
}

/** Asks what the session has other than the session `before`. */
export interface CompareRequest extends Exchange {
  kind: "compare";
  before: string;
}

/** Request for an export. */
export interface ExportRequest extends Exchange {
  kind: "export";
  export: ExportKind;
  files: Files;
  outputs: string[] | null;
  given?: FieldTexts;
  /** For a test and a script. */
  node: string | null;
  title: string;
  /** Where the dataflow came from. */
  link: string | null;
  /** How a project gets the engine. */
  engine: string | null;
}

/** Has a lesson's check, in Python, look at the latest run of the session. */
export interface CheckRequest extends Exchange {
  kind: "check";
  source: string;
}

/** Ends the session. */
export interface CloseRequest extends Exchange {
  kind: "close";
}

/** A stage of Python's start has been reached. */
export interface StageReply {
  kind: "stage";
  stage: BootStage;
  seconds: number;
}

/** Python could not start. */
export interface BootFailedReply {
  kind: "boot-failed";
  message: string;
}

/** The graph of the files, or how it differs from the one that the page has. */
export interface GraphReply extends Exchange {
  kind: "graph";
  graph: GraphView | GraphChange;
  version?: number;
}

/** A node of a run that goes on has another state. */
export interface StateReply extends Exchange {
  kind: "state";
  node: string;
  state: NodeState;
}

/** A run as it is told: its graph may be a change of one that the page has. */
export interface RunReply extends RunSummary {
  graph: GraphView | GraphChange;
}

/** A run is over. */
export interface ResultReply extends Exchange {
  kind: "result";
  result: RunReply;
  version?: number;
}

/** A part of the value of a node; `null` where it has none. */
export interface PreviewReply extends Exchange {
  kind: "preview";
  node: string;
  preview: TablePreview | ScalarPreview | TextPreview | ImagePreview | TreePreview | null;
}

/** What two sessions have other than each other. */
export interface ComparisonReply extends Exchange {
  kind: "comparison";
  comparison: ComparisonView;
}

/** An export, or the reason why there is none. */
export interface ExportReply extends Exchange {
  kind: "export";
  export: ExportView;
}

/** What a lesson's check says. */
export interface CheckedReply extends Exchange {
  kind: "checked";
  check: CheckView;
}

/** The session has ended. */
export interface ClosedReply extends Exchange {
  kind: "closed";
}

/** The engine itself failed. */
export interface CrashedReply extends Exchange {
  kind: "crashed";
  message: string;
}

/** What a page asks of a session. */
export type Request =
  | OutlineRequest
  | RunRequest
  | PreviewRequest
  | CompareRequest
  | ExportRequest
  | CheckRequest
  | CloseRequest;

/** What a page is told. */
export type Reply =
  | StageReply
  | BootFailedReply
  | GraphReply
  | StateReply
  | ResultReply
  | PreviewReply
  | ComparisonReply
  | ExportReply
  | CheckedReply
  | ClosedReply
  | CrashedReply;

/** Each kind of request, and the reply that ends the waiting for it. */
export interface Exchanges {
  outline: { request: OutlineRequest; reply: GraphReply };
  run: { request: RunRequest; reply: ResultReply };
  preview: { request: PreviewRequest; reply: PreviewReply };
  compare: { request: CompareRequest; reply: ComparisonReply };
  export: { request: ExportRequest; reply: ExportReply };
  check: { request: CheckRequest; reply: CheckedReply };
  close: { request: CloseRequest; reply: ClosedReply };
}
