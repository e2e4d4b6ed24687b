/**
 * Has Python do what the workspace asks for: an outline at each edit, a run after a pause in typing, values when they are
 * looked at. It listens to the store, calls the runtime, and sends what comes back to the store.
 */

import type { Files, NodeState } from "../protocol.ts";
import { BootFailed, Crashed, Stopped, Superseded } from "../runtime/failures.ts";
import type { CodeOrigin, PythonRuntime } from "../runtime/runtime.ts";
import { codeOrigin } from "../state/code-origin.ts";
import { isSlow } from "../state/derived-state.ts";
import { enteredValues } from "../state/entered-values.ts";
import type { WorkspaceEvent } from "../state/events.ts";
import type { Store } from "../state/store.ts";
import { isEdited, isRunOf, type RunSpec, runSpecOf, type Workspace } from "../state/workspace.ts";
import { RunProgress } from "./run-progress.ts";

const TYPING_PAUSE_MS = 300;
const STOPPED_TEXT = "The run was stopped.";
/** An answer is overdue after this long. */
const OVERDUE_MS = 1_000;

/** What became of a run that was asked for. */
type RunOutcome = "ended" | "stopped" | "failed" | "overtaken";

export class RunController {
  readonly #store: Store;
  readonly #runtime: PythonRuntime;
  readonly #session: string;
  readonly #cleanups: (() => void)[];
  #pause: ReturnType<typeof setTimeout> | undefined;
  /** True once the visitor paused, while Python has not yet read what was typed. */
  #isRunDue = false;
  /** The runs that have not come to an end: one that Python works on, and one that waits for it. */
  readonly #activeRuns = new Set<RunSpec>();
  /** The newest run. */
  #latest: Promise<RunOutcome> = Promise.resolve("ended");
  /** The origin of untrusted code that ran here. */
  #untrustedOrigin: CodeOrigin | null = null;
  /** How many answers are overdue. */
  #overdue = 0;
  readonly #progress: RunProgress;
  /** Counts what was opened: what Python still says of code that was left is not heard. */
  #projectCount = 0;
  /** True from the first sign that somebody wants this element live; until then it shows what the site's build found. */
  #isAwake = false;

  constructor(store: Store, runtime: PythonRuntime, session: string) {
    this.#store = store;
    this.#runtime = runtime;
    this.#session = session;
    this.#progress = new RunProgress((states) => store.send({ kind: "node-states-changed", states }));
    this.#cleanups = [
      store.subscribe((workspace, event) => this.#onEvent(workspace, event)),
      runtime.subscribe(({ phase }) => {
        // This page, another element on it or the code itself may have ended Python.
        if (phase !== "ready" && store.workspace.valuesKept) store.send({ kind: "values-lost" });
      }),
    ];
  }

  /** Starts Python, and shows the dataflow as it is there. */
  wake(): void {
    if (this.#isAwake) return;
    this.#isAwake = true;
    void this.#runtime.boot().catch(() => undefined); // the runtime's status tells
    this.#begin(this.#store.workspace);
  }

  /** Runs the files as they stand, whether or not they changed. */
  run(): void {
    this.#cancelPause();
    this.#isAwake = true;
    if (this.#store.workspace.trusted) void this.#run();
  }

  /**
   * Once the files as they stand have run, in the run that is under way or in one that begins now. A run of other files is
   * ended first.
   *
   * @throws Stopped where the visitor ends the run
   */
  async catchUp(): Promise<void> {
    this.#cancelPause();
    if ([...this.#activeRuns].some((request) => !isRunOf(request, this.#store.workspace))) {
      this.#runtime.stop();
      await this.#latest;
    } else if (this.#activeRuns.size > 0 && (await this.#latest) === "stopped") throw new Stopped(STOPPED_TEXT);
    const { workspace } = this.#store;
    if (!workspace.trusted || (workspace.valuesKept && !isEdited(workspace))) return;
    this.#isAwake = true;
    if ((await this.#run()) === "stopped") throw new Stopped(STOPPED_TEXT);
  }

  /** Ends whatever Python does, even if it only hangs, and begins with a new one. */
  stop(): void {
    this.#cancelPause();
    const isRunning = this.#store.workspace.running !== null;
    this.#runtime.stop();
    if (!isRunning) this.#store.send({ kind: "run-stopped", request: null });
  }

  close(): void {
    this.#cancelPause();
    this.#progress.discard();
    for (const cleanup of this.#cleanups) cleanup();
    if (this.#isAwake) void this.#runtime.close(this.#session).catch(() => undefined);
  }

  #onEvent(workspace: Workspace, event: WorkspaceEvent): void {
    switch (event.kind) {
      case "opened":
        this.#leaveProject(workspace);
        if (this.#isAwake) this.#begin(workspace);
        break;
      case "edited":
      case "node-renamed":
      case "files-changed":
        this.wake();
        void this.#outline(workspace.files);
        this.#runAfterPause();
        break;
      case "value-set":
      case "outputs-chosen":
        this.#onSettingsChanged(workspace, event);
        break;
      case "outlined":
        if (this.#isRunDue) this.#runIfQuick();
        break;
      case "trusted":
        this.run();
        break;
      case "auto-run-set":
        if (event.on && isEdited(workspace)) this.#runAfterPause();
        break;
      case "node-selected":
      case "position-set":
      case "run-ended":
        void this.#preview(workspace);
        break;
    }
  }

  /**
   * Other code is on the page now. Reading or running the code before it may never end, or may end Python. And untrusted
   * code may have left anything behind in Python: its Python ends now, not only before code of another origin runs.
   */
  #leaveProject(workspace: Workspace): void {
    this.#cancelPause();
    this.#projectCount += 1;
    const isOtherOrigin = this.#untrustedOrigin !== null && this.#untrustedOrigin !== codeOrigin(workspace);
    if (isOtherOrigin) this.#runtime.stop();
    else this.#runtime.abandon(this.#session);
    if (isOtherOrigin) this.#untrustedOrigin = null;
    this.#progress.discard();
  }

  #begin(workspace: Workspace): void {
    void this.#outline(workspace.files);
    if (workspace.trusted && workspace.autoRun) void this.#run();
  }

  /** Other values or outputs for the same code. The graph shows the values, and which functions there are hangs on the config. */
  #onSettingsChanged(
    workspace: Workspace,
    event: Extract<WorkspaceEvent, { kind: "value-set" | "outputs-chosen" }>,
  ): void {
    if (!this.#isAwake) {
      this.wake();
      return;
    }
    if (event.kind === "value-set") void this.#outline(workspace.files);
    this.#runIfQuick();
  }

  #runAfterPause(): void {
    this.#cancelPause();
    this.#pause = setTimeout(() => this.#runIfQuick(), TYPING_PAUSE_MS);
  }

  /** Runs what changed if that is not for the visitor to say. How long it takes is known once Python has read the code. */
  #runIfQuick(): void {
    const { workspace } = this.#store;
    this.#isRunDue = !workspace.outlined;
    if (this.#isRunDue || !workspace.trusted || !workspace.autoRun || !workspace.runnable) return;
    if (isEdited(workspace) && !isSlow(workspace)) void this.#run();
  }

  #cancelPause(): void {
    clearTimeout(this.#pause);
    this.#isRunDue = false;
  }

  async #outline(files: Files): Promise<void> {
    const projectCount = this.#projectCount;
    const { given, run, running } = this.#store.workspace;
    const hasValues = run !== null || running !== null;
    const isCurrent = (): boolean => {
      const { workspace } = this.#store;
      return projectCount === this.#projectCount && files === workspace.files && given === workspace.given;
    };
    try {
      const reply = this.#runtime.outline(this.#session, files, enteredValues(this.#store.workspace), hasValues);
      const graph = await this.#reportOverdue(reply);
      if (isCurrent()) this.#store.send({ kind: "outlined", graph });
    } catch (error) {
      if (!isCurrent() || error instanceof Superseded) return;
      if (error instanceof Stopped)
        void this.#outline(files); // the next Python reads it
      else {
        this.#store.send({ kind: "outline-failed" });
        this.#notify(error);
      }
    }
  }

  #run(): Promise<RunOutcome> {
    this.#isRunDue = false;
    this.#dropMissingOutputs();
    this.#latest = this.#runOnce();
    return this.#latest;
  }

  /** While the code is being written, a node may be away for a moment; when it runs, what is not there is gone. */
  #dropMissingOutputs(): void {
    const { outputs, graph, outlined, runnable } = this.#store.workspace;
    if (outputs === null || !outlined || !runnable) return;
    const names = new Set(graph.nodes.map(({ name }) => name));
    const dropped = outputs.filter((name) => !names.has(name));
    if (dropped.length > 0) this.#store.send({ kind: "outputs-dropped", dropped });
  }

  async #runOnce(): Promise<RunOutcome> {
    const { workspace } = this.#store;
    const request = runSpecOf(workspace);
    const { files, outputs } = request;
    const given = enteredValues(workspace);
    const projectCount = this.#projectCount;
    const origin = codeOrigin(workspace);
    if (workspace.untrustedSource !== null) this.#untrustedOrigin = origin;
    this.#activeRuns.add(request);
    this.#store.send({ kind: "run-started", request });
    try {
      const onState = (node: string, state: NodeState): void => {
        if (projectCount === this.#projectCount) this.#progress.report(node, state);
      };
      const result = await this.#runtime.run(this.#session, files, outputs, onState, given, origin);
      if (projectCount !== this.#projectCount) return "overtaken";
      this.#progress.discard();
      this.#store.send({ kind: "run-ended", request, result });
      return "ended";
    } catch (error) {
      if (error instanceof Superseded || projectCount !== this.#projectCount) return "overtaken";
      this.#progress.discard();
      if (error instanceof Stopped) {
        this.#store.send({ kind: "run-stopped", request });
        return "stopped";
      }
      this.#store.send({ kind: "run-failed", request, message: messageOf(error) });
      return "failed";
    } finally {
      this.#activeRuns.delete(request);
    }
  }

  async #preview(workspace: Workspace): Promise<void> {
    const inspected = workspace.inspected;
    if (inspected === null || !inspected.due || workspace.running !== null) return;
    if (!this.#isAwake) this.wake();
    if (!workspace.valuesKept) return; // the next run asks again when it ends
    const { node, place } = inspected;
    try {
      const preview = await this.#reportOverdue(this.#runtime.preview(this.#session, node, place));
      this.#store.send({ kind: "previewed", node, place, preview });
    } catch (error) {
      this.#notify(error);
    }
  }

  /** Notes while an answer is overdue: whatever Python was asked, its code may never come to an end. */
  async #reportOverdue<Answer>(reply: Promise<Answer>): Promise<Answer> {
    let isOverdue = false;
    const patience = setTimeout(() => {
      isOverdue = true;
      this.#changeOverdue(1);
    }, OVERDUE_MS);
    try {
      return await reply;
    } finally {
      clearTimeout(patience);
      if (isOverdue) this.#changeOverdue(-1);
    }
  }

  #changeOverdue(change: number): void {
    this.#overdue += change;
    this.#store.send({ kind: "overdue-changed", waiting: this.#overdue > 0 });
  }

  /** Stopped and overtaken requests need no word; what failed does. */
  #notify(error: unknown): void {
    if (error instanceof Stopped || error instanceof Superseded) return;
    this.#store.send({ kind: "notice-set", notice: { message: messageOf(error), about: "run" } });
  }
}

function messageOf(error: unknown): string {
  return error instanceof BootFailed || error instanceof Crashed ? error.message : String(error);
}
