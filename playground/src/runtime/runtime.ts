/**
 * The page's interface to Python. One runtime serves all elements on the page; a session is the dataflow of one element.
 *
 * `sharedRuntime()` in `shared.ts` returns it. Each call that needs Python starts it. Requests reject with one of the classes
 * in `failures.ts` if Python fails or is stopped.
 */

import type {
  AttributesRequest,
  AttributeView,
  BootStage,
  CheckView,
  ComparisonView,
  CompletionView,
  DescriptionReply,
  ElementsView,
  ExportView,
  FieldTexts,
  Files,
  GraphView,
  NodeState,
  Preview,
  Request,
  RunView,
} from "../protocol.ts";
import type { PackProgress } from "./pack-loader.ts";

export type RuntimeStatus =
  /** Python has not been started yet. */
  | { phase: "asleep" }
  /** During the fetch stage, `done` and `of` are bytes. The seconds left are an estimate, null if there is none. */
  | { phase: "booting"; stage: BootStage; done: number; of: number; secondsLeft: number | null; restarting: boolean }
  /**
   * Python is ready to answer requests. Runs that import modules outside the memory snapshot wait until all files are loaded
   * (`complete`).
   */
  | { phase: "ready"; complete: boolean; seconds: number; packs: PackStatus }
  /** The message is for the visitor; `boot()` tries again. */
  | { phase: "failed"; message: string };

/** The libraries that are being loaded, or the reason why they could not be loaded. Null if there are none. */
export type PackStatus = PackProgress | { failure: string } | null;

/**
 * The origin of code: the site, the visitor, or a link or URL option. One interpreter runs code from the site and one other
 * origin. Code from a third origin runs in a new interpreter.
 */
export type CodeOrigin = "site" | "visitor" | `untrusted ${string}`;

/** A position in a table, counted from 0; index levels are not columns. */
export interface TablePosition {
  row: number;
  column: number;
}

/** A position in a module. */
export type CodePosition = Omit<AttributesRequest, "kind" | "id" | "session">;

export type AttributeDescription = Pick<DescriptionReply, "signature" | "summary">;

export type ExportParams = Omit<Extract<Request, { kind: "export" }>, "kind" | "id" | "session">;

/** A lesson's check with its context and the learner's answer. */
export type CheckParams = Omit<Extract<Request, { kind: "check" }>, "kind" | "id" | "session">;

export interface PythonRuntime {
  readonly status: RuntimeStatus;

  /** Call `listener` whenever `status` changes. Return a function that unsubscribes. */
  subscribe(listener: (status: RuntimeStatus) => void): () => void;

  /** Start Python if it has not been started. Resolves when Python can answer requests; rejects with `BootFailed`. */
  boot(): Promise<void>;

  /**
   * Return the static outline of the files. If several requests are waiting, only the newest is sent. Without `stamps`, the
   * graph does not show which values are stale.
   */
  outline(session: string, files: Files, values?: FieldTexts, stamps?: boolean): Promise<GraphView>;

  /**
   * Run the nodes that the outputs need (`null`: all outputs). `onState` is called as nodes change state, and with the
   * progress of functions that are called once for each element. If this interpreter has run code from another origin, the run
   * waits until all earlier requests are answered, and uses a new interpreter.
   */
  run(
    session: string,
    files: Files,
    outputs: readonly string[] | null,
    onState: (node: string, state: NodeState, elements?: ElementsView) => void,
    values: FieldTexts | undefined,
    origin: CodeOrigin,
  ): Promise<RunView>;

  /**
   * Return a preview of a node's value in the session's latest run; `null` if the value is no longer in memory. For a large
   * table, return the page that starts at `position`, or the last page.
   */
  preview(session: string, node: string, position?: TablePosition): Promise<Preview | null>;

  /**
   * Return the keys of a node's value in the session's latest run, such as the columns of a table. Empty while Python is
   * starting or running code: completion never waits for a run. If several requests are waiting, only the newest is sent.
   */
  keys(session: string, node: string): Promise<readonly CompletionView[]>;

  /**
   * Return the attributes that can complete the code at a position. The library that finds them is loaded on first use. Empty
   * while Python is starting or running code. If several requests are waiting, only the newest is sent.
   *
   * @throws BootFailed if the library cannot be loaded. The next request tries again
   */
  attributes(session: string, position: CodePosition): Promise<readonly AttributeView[]>;

  /** Return the description of an attribute from the latest `attributes`. Null if Python is running code. */
  describe(session: string, name: string): Promise<AttributeDescription | null>;

  /** Compare a session with the session `before`: the code of each node, and its value if it ran in both sessions. */
  compare(session: string, before: string): Promise<ComparisonView>;

  /** Run a lesson's check, written in Python, on the session's latest run; see `run_check` in `headwater.lessons`. */
  check(session: string, params: CheckParams): Promise<CheckView>;

  /** Export files. All exports except drawings run the nodes that they need, in the same way as `run`. */
  export(session: string, params: ExportParams, origin: CodeOrigin): Promise<ExportView>;

  /** Make the modules of wheels importable, now and after each restart. */
  install(wheels: readonly ArrayBuffer[]): void;

  /**
   * Stop Python at once. All unanswered requests of all sessions reject with `Stopped`, and Python restarts in the background
   * from files in memory. The next run computes every value again.
   */
  stop(): void;

  /**
   * Drop a session's unanswered requests when its code is replaced. Stop Python if it is busy with one of them, because
   * the old code could crash Python while the new code runs.
   */
  abandon(session: string): void;

  /** Close a session and drop its values. */
  close(session: string): Promise<void>;
}
