/**
 * Has Python do what the workspace asks for: an outline at each edit, a run after a pause in typing, values when they are
 * looked at. It listens to the store, calls the runtime, and sends what comes back to the store.
 */

import type { Files, Given, NodeKind, NodeState, RunView } from "../protocol.ts";
import { BootFailed, Crashed, Stopped, Superseded } from "../runtime/failures.ts";
import type { CodeOrigin, PythonRuntime } from "../runtime/runtime.ts";
import { codeOrigin } from "../state/code-origin.ts";
import type { WorkspaceEvent } from "../state/events.ts";
import type { Store } from "../state/store.ts";
import { isEdited, type Workspace } from "../state/workspace.ts";
import { Progress } from "./progress.ts";

const TYPING_PAUSE_MS = 300;
/** An answer is overdue after this long. */
const MOMENT_MS = 1_000;
/** A run whose functions took longer than this is not repeated without being asked for. */
const QUICK_RUN_S = 2;

/** The time that functions took; importing pandas, which happens once, does not count. */
function secondsIn(run: RunView): number {
  return Object.values(run.nodes).reduce((sum, node) => sum + (node.seconds ?? 0), 0);
}

/** What was typed in, without inputs and functions that the code no longer has; all of it while nobody has read the code. */
export function givenTo({ given, graph }: Workspace): Given {
  if (graph.nodes.length === 0) return given;
  const of = (kind: NodeKind, values: Record<string, string>): Record<string, string> => {
    const names = new Set(graph.nodes.filter((node) => node.kind === kind).map((node) => node.name));
    return Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)));
  };
  return { ...given, inputs: of("input", given.inputs), overrides: of("function", given.overrides) };
}

export class Conductor {
  readonly #store: Store;
  readonly #runtime: PythonRuntime;
  readonly #session: string;
  readonly #unsubscribe: () => void;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #wasSlow = false;
  /** Runs asked for and not yet ended; the runtime keeps all but the newest from piling up. */
  #underWay = 0;
  /** The newest run; it ends well, whatever became of the code. */
  #latest: Promise<void> = Promise.resolve();
  /** The origin of untrusted code that ran here. */
  #untrusted: CodeOrigin | null = null;
  /** How many answers are overdue. */
  #overdue = 0;
  readonly #progress: Progress;
  /** Counts what was opened: what Python still says of code that was left is not heard. */
  #opening = 0;
  /** True from the first sign that somebody wants this element live; until then it shows what the site's build found. */
  #awake = false;

  constructor(store: Store, runtime: PythonRuntime, session: string) {
    this.#store = store;
    this.#runtime = runtime;
    this.#session = session;
    this.#progress = new Progress((states) => store.send({ kind: "nodes-changed", states }));
    this.#unsubscribe = store.subscribe((workspace, event) => this.#hear(workspace, event));
  }

  /** Starts Python, and shows the dataflow as it is there. */
  wake(): void {
    if (this.#awake) return;
    this.#awake = true;
    void this.#runtime.boot().catch(() => undefined); // the runtime's status tells
    this.#begin(this.#store.workspace);
  }

  /** Runs the files as they stand, whether or not they changed. */
  run(): void {
    clearTimeout(this.#pause);
    this.#awake = true;
    if (this.#store.workspace.trusted) void this.#run();
  }

  /** Once the files as they stand have run: in the run that is under way, or in one that begins now. */
  async catchUp(): Promise<void> {
    clearTimeout(this.#pause);
    await this.#latest;
    const { workspace } = this.#store;
    if (!workspace.trusted || (workspace.ranFiles !== null && !isEdited(workspace))) return;
    this.#awake = true;
    await this.#run();
  }

  /** Ends whatever Python does, be it that it answers nothing but says nothing either, and begins with a new one. */
  stop(): void {
    clearTimeout(this.#pause);
    const isRunning = this.#underWay > 0;
    this.#runtime.stop();
    if (!isRunning) this.#store.send({ kind: "run-stopped" });
  }

  close(): void {
    clearTimeout(this.#pause);
    this.#progress.forget();
    this.#unsubscribe();
    if (this.#awake) void this.#runtime.close(this.#session).catch(() => undefined);
  }

  #hear(workspace: Workspace, event: WorkspaceEvent): void {
    switch (event.kind) {
      case "opened":
        this.#leave(workspace);
        if (this.#awake) this.#begin(workspace);
        break;
      case "edited":
      case "node-renamed":
      case "files-changed":
        this.wake();
        void this.#outline(workspace.files);
        this.#runAfterPause();
        break;
      case "given":
      case "outputs-chosen":
        this.#askedAnew(workspace, event.kind === "given");
        break;
      case "trusted":
        this.run();
        break;
      case "auto-run-set":
        if (event.on && isEdited(workspace)) this.#runAfterPause();
        break;
      case "node-chosen":
      case "place-chosen":
      case "run-ended":
        void this.#preview(workspace);
        break;
    }
  }

  /**
   * Other code is on the page now. Reading or running the code before it may never end, or may end Python. And untrusted
   * code may have left anything behind in Python: its Python ends now, not only before code of another origin runs.
   */
  #leave(workspace: Workspace): void {
    clearTimeout(this.#pause);
    this.#opening += 1;
    const isOther = this.#untrusted !== null && this.#untrusted !== codeOrigin(workspace);
    if (isOther) this.#runtime.stop();
    else this.#runtime.abandon(this.#session);
    if (isOther) this.#untrusted = null;
    this.#underWay = 0;
    this.#progress.forget();
    this.#wasSlow = false;
  }

  #begin(workspace: Workspace): void {
    void this.#outline(workspace.files);
    if (workspace.trusted && workspace.autoRun) void this.#run();
  }

  /** Other values or outputs for the same code. The graph shows the values, and which functions there are hangs on the config. */
  #askedAnew(workspace: Workspace, drawn: boolean): void {
    if (!this.#awake) {
      this.wake();
      return;
    }
    if (drawn) void this.#outline(workspace.files);
    if (workspace.trusted && workspace.autoRun && !this.#wasSlow) void this.#run();
  }

  #runAfterPause(): void {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => {
      const workspace = this.#store.workspace;
      const may = workspace.trusted && workspace.autoRun && !this.#wasSlow;
      if (may && isEdited(workspace) && workspace.sound) void this.#run();
    }, TYPING_PAUSE_MS);
  }

  async #outline(files: Files): Promise<void> {
    const opening = this.#opening;
    try {
      const asked = this.#runtime.outline(this.#session, files, givenTo(this.#store.workspace));
      const graph = await this.#watched(asked);
      if (files === this.#store.workspace.files) this.#store.send({ kind: "outlined", graph });
    } catch (error) {
      if (opening === this.#opening) this.#tell(error);
    }
  }

  #run(): Promise<void> {
    this.#latest = this.#runOnce();
    return this.#latest;
  }

  async #runOnce(): Promise<void> {
    const { files, outputs } = this.#store.workspace;
    const given = givenTo(this.#store.workspace);
    const opening = this.#opening;
    this.#underWay += 1;
    const origin = codeOrigin(this.#store.workspace);
    if (this.#store.workspace.untrustedSource !== null) this.#untrusted = origin;
    this.#store.send({ kind: "run-began", files });
    try {
      const tell = (node: string, state: NodeState): void => {
        if (opening === this.#opening) this.#progress.tell(node, state);
      };
      const result = await this.#runtime.run(this.#session, files, outputs, tell, given, origin);
      if (opening !== this.#opening) return;
      this.#underWay -= 1;
      this.#progress.forget();
      this.#wasSlow = secondsIn(result) > QUICK_RUN_S;
      this.#store.send({ kind: "run-ended", result });
      if (this.#underWay > 0) this.#store.send({ kind: "run-began", files: this.#store.workspace.files });
    } catch (error) {
      if (opening !== this.#opening) return;
      this.#underWay -= 1;
      this.#progress.forget();
      if (error instanceof Stopped) this.#store.send({ kind: "run-stopped" });
      else this.#tell(error);
    }
  }

  async #preview(workspace: Workspace): Promise<void> {
    const inspected = workspace.inspected;
    if (inspected === null || !inspected.due || workspace.activity === "running") return;
    if (!this.#awake) this.wake();
    if (workspace.ranFiles === null) return; // the first run asks again when it ends
    const { node, place } = inspected;
    try {
      const preview = await this.#watched(this.#runtime.preview(this.#session, node, place));
      this.#store.send({ kind: "previewed", node, place, preview });
    } catch (error) {
      this.#tell(error);
    }
  }

  /** Notes while an answer is overdue: whatever Python was asked, its code may never come to an end. */
  async #watched<Answer>(asked: Promise<Answer>): Promise<Answer> {
    let isOverdue = false;
    const patience = setTimeout(() => {
      isOverdue = true;
      this.#owes(1);
    }, MOMENT_MS);
    try {
      return await asked;
    } finally {
      clearTimeout(patience);
      if (isOverdue) this.#owes(-1);
    }
  }

  #owes(more: number): void {
    this.#overdue += more;
    this.#store.send({ kind: "waited", waiting: this.#overdue > 0 });
  }

  /** Stopped and overtaken requests need no word; what failed does. */
  #tell(error: unknown): void {
    if (error instanceof Stopped || error instanceof Superseded) return;
    const message = error instanceof BootFailed || error instanceof Crashed ? error.message : String(error);
    this.#store.send({ kind: "run-failed", message });
  }
}
