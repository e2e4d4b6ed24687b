/**
 * Python as the page sees it. One runtime serves every element of the page; a session is one element's dataflow.
 *
 * Get it with `sharedRuntime()` of `shared.ts`. Each call that needs Python boots it; a failed or stopped runtime says
 * so by rejecting with one of the classes in `failures.ts`.
 */

import type {
  BootStage,
  CheckView,
  ComparisonView,
  ExportView,
  FieldTexts,
  Files,
  GraphView,
  NodeState,
  Preview,
  Request,
  RunView,
} from "../protocol.ts";

export type RuntimeStatus =
  /** Nobody has asked for Python yet. */
  | { phase: "asleep" }
  /** `done` of `of` counts bytes while fetching. */
  | { phase: "booting"; stage: BootStage; done: number; of: number; restarting: boolean }
  /** Requests are answered; a run that needs more than what is in memory waits until every module's file is there, which makes it `complete`. */
  | { phase: "ready"; complete: boolean; seconds: number }
  /** The message is a sentence for the visitor; `boot()` tries again. */
  | { phase: "failed"; message: string };

/**
 * Whose code it is: the site's own, this visitor's, or that of one link or address option. One Python runs code of the site
 * and of one other origin. Code of a further origin runs in a new Python.
 */
export type CodeOrigin = "site" | "visitor" | `untrusted ${string}`;

/** A position in a table, counted from 0; its index is no column. */
export interface TablePosition {
  row: number;
  column: number;
}

/** What is to be taken home of the code as it stands. */
export type ExportParams = Omit<Extract<Request, { kind: "export" }>, "kind" | "id" | "session">;

export interface PythonRuntime {
  readonly status: RuntimeStatus;

  /** Calls `listener` at each change of `status`, not at once; returns the function that ends it. */
  subscribe(listener: (status: RuntimeStatus) => void): () => void;

  /** Starts Python if it isn't there or on its way. Resolves when it answers; rejects with `BootFailed`. */
  boot(): Promise<void>;

  /**
   * The graph of the files as they stand, found without running them. Of several that wait, only the newest is asked.
   * Without `stamps`, nothing tells which values are stale.
   */
  outline(session: string, files: Files, given?: FieldTexts, stamps?: boolean): Promise<GraphView>;

  /**
   * Runs what the outputs need (`null`: every output). `onState` hears of each node while it happens. Where this Python has
   * run code of another origin, the run waits for the requests before it, and begins in a new Python.
   */
  run(
    session: string,
    files: Files,
    outputs: readonly string[] | null,
    onState: (node: string, state: NodeState) => void,
    given: FieldTexts | undefined,
    origin: CodeOrigin,
  ): Promise<RunView>;

  /**
   * What a node's value looked like in the session's latest run; `null` if it is no longer kept. Of a large table, the
   * page that begins at `place`, or the last one.
   */
  preview(session: string, node: string, place?: TablePosition): Promise<Preview | null>;

  /** What a session has other than the session `before`: the code of each node, and its value where both have run. */
  compare(session: string, before: string): Promise<ComparisonView>;

  /** What a lesson's check, in Python, says of the session's latest run; see `Session.check`. */
  check(session: string, source: string): Promise<CheckView>;

  /** Files to take home. All but a drawing takes a run of what is needed, in the same way as `run`. */
  export(session: string, params: ExportParams, origin: CodeOrigin): Promise<ExportView>;

  /** Makes the modules of some wheels importable, in this life of Python and in those that follow. */
  install(wheels: readonly ArrayBuffer[]): void;

  /**
   * Ends whatever Python is doing, at once. Every waiting request of every session rejects with `Stopped`, and Python
   * boots again in the background from bytes already held. The next run starts from nothing, with no value kept.
   */
  stop(): void;

  /**
   * Drops a session's unanswered requests: other code takes its place. If Python is busy with one of them, it is stopped,
   * because an answer to the old code could end Python in the middle of the new code's run.
   */
  abandon(session: string): void;

  /** Forgets a session and its values. */
  close(session: string): Promise<void>;
}
