/**
 * Runs the workspace's code in Python: requests an outline after each edit, a run after a pause in typing, and previews.
 *
 * The controller listens to the store, calls the runtime, and sends the results to the store.
 */

import type { ElementsView, Files, NodeState } from "../protocol.ts";
import { BootFailed, Crashed, Stopped, Superseded } from "../runtime/failures.ts";
import type { CodeOrigin, PythonRuntime } from "../runtime/runtime.ts";
import { codeOrigin } from "../state/code-origin.ts";
import { isSlow } from "../state/derived-state.ts";
import { enteredValues } from "../state/entered-values.ts";
import type { WorkspaceEvent } from "../state/events.ts";
import type { Store } from "../state/store.ts";
import {
  isEdited,
  isPrerendered,
  isRunOf,
  mayRun,
  type RunSpec,
  runSpecOf,
  type Workspace,
} from "../state/workspace.ts";
import { RunProgress } from "./run-progress.ts";

const TYPING_PAUSE_MS = 300;
const STOPPED_TEXT = "The run was stopped.";
/** A reply is overdue after this time. */
const OVERDUE_MS = 1_000;
/** A run from the site's build is repeated only if it took at most this long. */
const MAX_REPEATED_SECONDS = 0.5;

type RunOutcome = "ended" | "stopped" | "failed" | "superseded";

export class RunController {
  readonly #store: Store;
  readonly #runtime: PythonRuntime;
  readonly #session: string;
  readonly #cleanups: (() => void)[];
  #pause: ReturnType<typeof setTimeout> | undefined;
  /** True if typing has paused long enough but Python has not yet outlined the code. */
  #isRunDue = false;
  /** True while a run waits for packages to be checked or fetched. */
  #waitsForPackages = false;
  /** The unfinished runs: at most one that is running, and one that is waiting. */
  readonly #activeRuns = new Set<RunSpec>();
  /** The outcome of the newest run. */
  #latest: Promise<RunOutcome> = Promise.resolve("ended");
  /** The origin of untrusted code that ran in this session's Python. */
  #untrustedOrigin: CodeOrigin | null = null;
  /** The number of overdue replies. */
  #overdue = 0;
  readonly #progress: RunProgress;
  /** The number of opened projects. Replies for an earlier project are ignored. */
  #projectCount = 0;
  /** Repeats the run from the site's build; null until the repetition has started. */
  #buildRun: Promise<void> | null = null;
  /** True once the visitor uses the element. Until then, it shows the prerendered results. */
  #isAwake = false;

  constructor(store: Store, runtime: PythonRuntime, session: string) {
    this.#store = store;
    this.#runtime = runtime;
    this.#session = session;
    this.#progress = new RunProgress((states) => store.send({ kind: "node-states-changed", states }));
    this.#cleanups = [
      store.subscribe((workspace, event) => this.#onEvent(workspace, event)),
      runtime.subscribe(({ phase }) => {
        // This page, another element or the code itself may have stopped Python.
        if (phase !== "ready" && store.workspace.valuesAvailable) store.send({ kind: "values-lost" });
      }),
    ];
  }

  /** Start Python and outline the code. */
  wake(): void {
    if (this.#isAwake) return;
    this.#isAwake = true;
    void this.#runtime.boot().catch(() => undefined); // the runtime's status reports failures
    this.#begin(this.#store.workspace);
  }

  /** Run the current files even if they have not changed. */
  run(): void {
    this.#cancelPause();
    this.#isAwake = true;
    this.#runIfAllowed(this.#store.workspace);
  }

  /**
   * Resolve when the current files have run, in the active run or a new one. An active run of different files is stopped first.
   *
   * @throws Stopped if the visitor stops the run
   */
  async catchUp(): Promise<void> {
    this.#cancelPause();
    if ([...this.#activeRuns].some((request) => !isRunOf(request, this.#store.workspace))) {
      this.#runtime.stop();
      await this.#latest;
    } else if (this.#activeRuns.size > 0 && (await this.#latest) === "stopped") throw new Stopped(STOPPED_TEXT);
    const { workspace } = this.#store;
    if (!mayRun(workspace) || (workspace.valuesAvailable && !isEdited(workspace))) return;
    this.#isAwake = true;
    if ((await this.#run()) === "stopped") throw new Stopped(STOPPED_TEXT);
  }

  /** Stop Python, even if it hangs, and start it again. */
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
      case "packages-checked":
        if (this.#waitsForPackages && mayRun(workspace)) void this.#run();
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
   * Leave the previous project: its code may never finish, or may crash Python.
   *
   * Untrusted code may have changed anything in its interpreter. Therefore, the interpreter is stopped now, instead of when
   * code from another origin runs.
   */
  #leaveProject(workspace: Workspace): void {
    this.#cancelPause();
    this.#waitsForPackages = false;
    this.#projectCount += 1;
    this.#buildRun = null;
    const isOtherOrigin = this.#untrustedOrigin !== null && this.#untrustedOrigin !== codeOrigin(workspace);
    if (isOtherOrigin) this.#runtime.stop();
    else this.#runtime.abandon(this.#session);
    if (isOtherOrigin) this.#untrustedOrigin = null;
    this.#progress.discard();
  }

  #begin(workspace: Workspace): void {
    void this.#outline(workspace.files);
    if (workspace.autoRun) this.#runIfAllowed(workspace);
  }

  #runIfAllowed(workspace: Workspace): void {
    if (mayRun(workspace)) void this.#run();
    else this.#waitsForPackages = workspace.trusted;
  }

  /**
   * Handle changed values or outputs. Changed values require a new outline: the graph shows them, and config values select
   * functions.
   */
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

  /** Run the changed code if auto-run is on and the run will be short. The duration is estimated from the outline. */
  #runIfQuick(): void {
    const { workspace } = this.#store;
    this.#isRunDue = !workspace.outlined;
    if (this.#isRunDue || !workspace.autoRun || !workspace.runnable) return;
    if (isEdited(workspace) && !isSlow(workspace)) this.#runIfAllowed(workspace);
  }

  #cancelPause(): void {
    clearTimeout(this.#pause);
    this.#isRunDue = false;
  }

  async #outline(files: Files): Promise<void> {
    const projectCount = this.#projectCount;
    const { fieldTexts, run, running } = this.#store.workspace;
    const hasValues = run !== null || running !== null;
    const isCurrent = (): boolean => {
      const { workspace } = this.#store;
      return projectCount === this.#projectCount && files === workspace.files && fieldTexts === workspace.fieldTexts;
    };
    try {
      const reply = this.#runtime.outline(this.#session, files, enteredValues(this.#store.workspace), hasValues);
      const graph = await this.#reportOverdue(reply);
      if (isCurrent()) this.#store.send({ kind: "outlined", graph });
    } catch (error) {
      if (!isCurrent() || error instanceof Superseded) return;
      if (error instanceof Stopped)
        void this.#outline(files); // the next Python process outlines the code
      else {
        this.#store.send({ kind: "outline-failed" });
        this.#notify(error);
      }
    }
  }

  #run(): Promise<RunOutcome> {
    this.#isRunDue = false;
    this.#waitsForPackages = false;
    this.#dropMissingOutputs();
    this.#latest = this.#runOnce();
    return this.#latest;
  }

  /**
   * Drop selected outputs that no longer exist. This happens only when a run starts, because a node may be missing briefly
   * while the visitor types.
   */
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
    const fieldTexts = enteredValues(workspace);
    const projectCount = this.#projectCount;
    const origin = codeOrigin(workspace);
    if (workspace.untrustedSource !== null) this.#untrustedOrigin = origin;
    this.#activeRuns.add(request);
    this.#store.send({ kind: "run-started", request });
    try {
      if (showsOtherBuildRun(workspace)) {
        this.#buildRun ??= this.#repeatBuildRun(workspace);
        await this.#buildRun;
        if (this.#store.workspace.running?.request !== request) return "superseded"; // by a newer run, or by another project
      }
      const onState = (node: string, state: NodeState, elements?: ElementsView): void => {
        if (projectCount === this.#projectCount) this.#progress.report(node, state, elements);
      };
      const result = await this.#runtime.run(this.#session, files, outputs, onState, fieldTexts, origin);
      if (projectCount !== this.#projectCount) return "superseded";
      this.#progress.discard();
      this.#store.send({ kind: "run-ended", request, result });
      return "ended";
    } catch (error) {
      if (error instanceof Superseded || projectCount !== this.#projectCount) return "superseded";
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

  /** Let Python compute the values that the page shows, so that the next run computes only what an edit affects. */
  async #repeatBuildRun({ completedSpec }: Workspace): Promise<void> {
    if (completedSpec === null) return;
    const { files, outputs, fieldTexts } = completedSpec;
    try {
      await this.#runtime.run(this.#session, files, outputs, () => {}, fieldTexts, "site");
    } catch (error) {
      if (!(error instanceof Stopped)) return; // the next run reports any other error
      this.#buildRun = null;
      throw error;
    }
  }

  async #preview(workspace: Workspace): Promise<void> {
    const inspected = workspace.inspected;
    if (inspected === null || !inspected.isLoading || workspace.running !== null) return;
    if (!this.#isAwake) this.wake();
    if (!workspace.valuesAvailable) return; // the preview is requested again after the next run
    const { node, position } = inspected;
    try {
      const preview = await this.#reportOverdue(this.#runtime.preview(this.#session, node, position));
      this.#store.send({ kind: "previewed", node, position, preview });
    } catch (error) {
      this.#notify(error);
    }
  }

  /** Report a reply that is overdue: the code may never finish. */
  async #reportOverdue<Answer>(reply: Promise<Answer>): Promise<Answer> {
    let isOverdue = false;
    const timer = setTimeout(() => {
      isOverdue = true;
      this.#changeOverdue(1);
    }, OVERDUE_MS);
    try {
      return await reply;
    } finally {
      clearTimeout(timer);
      if (isOverdue) this.#changeOverdue(-1);
    }
  }

  #changeOverdue(change: number): void {
    this.#overdue += change;
    this.#store.send({ kind: "overdue-changed", waiting: this.#overdue > 0 });
  }

  /** Show an error. Stopped and superseded requests are not errors. */
  #notify(error: unknown): void {
    if (error instanceof Stopped || error instanceof Superseded) return;
    this.#store.send({ kind: "notice-set", notice: { message: messageOf(error), about: "run" } });
  }
}

/**
 * Return whether the page shows the values of a short run from the site's build, but the code or settings have changed since
 * that run.
 */
function showsOtherBuildRun(workspace: Workspace): boolean {
  return isPrerendered(workspace) && isEdited(workspace) && (workspace.run?.seconds ?? 0) <= MAX_REPEATED_SECONDS;
}

function messageOf(error: unknown): string {
  return error instanceof BootFailed || error instanceof Crashed ? error.message : String(error);
}
