/** What crosses the seam between the page and the sealed Python. `src/headwater/views.py` states the same shapes. */

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
export type Takeable = "project" | "test" | "script" | "dot" | "mermaid";

export interface FieldView {
  kind: "int" | "float" | "bool" | "str" | "choice" | "json" | "literal" | "date" | "datetime" | "table";
  choices: string[];
  default: string | null;
}

export interface NodeView {
  name: string;
  kind: NodeKind;
  type: string;
  doc: string;
  tags: Record<string, string | string[]>;
  function: string | null;
  module: string | null;
  file: string | null;
  line: number | null;
  end: number | null;
  output: boolean;
  field?: FieldView;
  /** Of a function: another one where its code, its data files or its bindings are other ones. */
  stamp?: string;
}

export interface EdgeView {
  source: string;
  target: string;
  optional: boolean;
}

export interface FrameView {
  file: string;
  line: number;
  function: string;
  code: string;
  /** How many lines that end here follow again, and how often. */
  repeated?: number;
  times?: number;
}

/** A value that the visitor can set. */
export interface FieldReference {
  role: FieldRole;
  name: string;
}

export interface ProblemView {
  kind: string;
  severity: Severity;
  message: string;
  file: string | null;
  line: number | null;
  column: number | null;
  node: string | null;
  frames: FrameView[];
  /** The values to set or to correct. */
  fields?: FieldReference[];
}

export interface GraphView {
  nodes: NodeView[];
  edges: EdgeView[];
  problems: ProblemView[];
  config?: Record<string, FieldView>;
}

export interface ColumnView {
  name: string;
  dtype: string;
}

/** All values of a column, as a line of few points; heights are from 0 for `low` to 1 for `high`. */
export interface CurveView {
  count: number;
  gaps: number;
  low: string;
  high: string;
  points: number[][];
}

export interface TablePreview {
  kind: "table";
  type: string;
  columns: ColumnView[];
  indexes: number;
  rows: string[][];
  shape: number[];
  row?: number;
  column?: number;
  curve?: CurveView;
}

export interface ScalarPreview {
  kind: "scalar";
  type: string;
  text: string;
}

export interface TextPreview {
  kind: "text";
  type: string;
  text: string;
  truncated: boolean;
}

export interface ImagePreview {
  kind: "image";
  type: string;
  mime: "image/png";
  data: string;
}

export interface TreePreview {
  kind: "tree";
  type: string;
  text: string;
  truncated: boolean;
}

export type Preview = TablePreview | ScalarPreview | TextPreview | ImagePreview | TreePreview;

export interface NodeRun {
  state: NodeState;
  /** The inputs that are not given, the first few: of a waiting node its own, of a skipped one those of the nodes upstream. */
  needs?: string[];
  seconds?: number;
  prints?: string;
  /** Why the next run computes the value again even if nothing that it depends on changes. */
  again?: string;
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

export interface RunView {
  ok: boolean;
  seconds: number;
  ran: number;
  reused: number;
  total: number;
  nodes: Record<string, NodeRun>;
  outputs: Record<string, Preview>;
  graph: GraphView;
  problems: ProblemView[];
  prints?: string;
}

export interface NodeComparison {
  code: CodeChange;
  value: ValueChange | null;
}

export interface ComparisonView {
  nodes: Record<string, NodeComparison>;
}

/** What a lesson's check says of the latest run. */
export interface CheckView {
  passed: boolean;
  /** What is not right yet, in words. */
  message: string;
}

export interface TakenView {
  name: string;
  files: Record<string, string>;
  notes: string[];
  refusal: string | null;
}

/** The text of every file of a dataflow by its name: modules (`.py`) and data (`.csv`, `.json`, `.txt`). */
export type Files = Record<string, string>;

/**
 * What was typed in, by role and name: JSON texts, since a number here would not tell 1 from 1.0, or texts that begin with
 * their form. `FieldView` in `views.py` lists the forms.
 */
export type Given = {
  inputs: Record<string, string>;
  config: Record<string, string>;
  /** What takes the place of nodes. */
  overrides: Record<string, string>;
};

/**
 * What the page asks of the sealed Python. Every request carries an id; a reply to a stale id is dropped. `since` is the
 * version of the graph that the page has of the session: the reply may tell only what has changed since.
 */
export type Request =
  /** `stamps` is false where there is no value that could be stale: stamps of a large dataflow take as long as its outline. */
  | { kind: "outline"; id: number; session: string; files: Files; given?: Given; stamps?: boolean; since?: number }
  | { kind: "run"; id: number; session: string; files: Files; outputs: string[] | null; given?: Given; since?: number }
  | { kind: "preview"; id: number; session: string; node: string; row?: number; column?: number }
  /** What `session` has other than the session `before`. */
  | { kind: "compare"; id: number; session: string; before: string }
  | {
      kind: "take";
      id: number;
      session: string;
      what: Takeable;
      files: Files;
      outputs: string[] | null;
      given?: Given;
      /** For a test and a script. */
      node: string | null;
      title: string;
      /** Where the dataflow came from, and how a project gets the engine. */
      link: string | null;
      engine: string | null;
    }
  /** Has a lesson's check, in Python, look at the latest run of the session. */
  | { kind: "check"; id: number; session: string; source: string }
  | { kind: "close"; id: number; session: string };

export type BootStage = "fetch" | "core" | "ready" | "complete";

/** A run as it is told: its graph may be a change of one that the page has. */
export type RunReply = { [Key in keyof RunView]: Key extends "graph" ? GraphView | GraphChange : RunView[Key] };

/** What the sealed Python answers. */
export type Reply =
  | { kind: "stage"; stage: BootStage; seconds: number }
  | { kind: "boot-failed"; message: string }
  | { kind: "graph"; id: number; session: string; graph: GraphView | GraphChange; version?: number }
  | { kind: "state"; id: number; session: string; node: string; state: NodeState }
  | { kind: "result"; id: number; session: string; result: RunReply; version?: number }
  | { kind: "preview"; id: number; session: string; node: string; preview: Preview | null }
  | { kind: "comparison"; id: number; session: string; comparison: ComparisonView }
  | { kind: "checked"; id: number; session: string; check: CheckView }
  | { kind: "taken"; id: number; session: string; taken: TakenView }
  | { kind: "closed"; id: number; session: string }
  | { kind: "crashed"; id: number; session: string; message: string };
