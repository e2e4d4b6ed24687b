/** One side of a comparison, with its own workspace and session. */

import { RunController } from "../execution/run-controller.ts";
import { getOwn } from "../get-own.ts";
import type { LoadedProject } from "../loading/load-project.ts";
import type { Preview, RunView } from "../protocol.ts";
import type { PythonRuntime } from "../runtime/runtime.ts";
import { allow } from "../share/consent-store.ts";
import { codeOrigin } from "../state/code-origin.ts";
import { Store } from "../state/store.ts";
import { emptyWorkspace, type Workspace } from "../state/workspace.ts";
import type { Previews } from "./preview-comparison.ts";

/** A dataflow to compare, and its label, such as "the example". */
export interface ComparedDataflow {
  label: string;
  project: LoadedProject;
  /** Called when the visitor allows this code to run. */
  onTrust?: () => void;
}

/** The maximum number of previews to fetch. Each preview takes one request. */
const MAX_PREVIEWS = 200;

let sideCount = 0;

export class Side {
  readonly session = `compare-${++sideCount}`;
  readonly compared: ComparedDataflow;
  readonly #store: Store;
  readonly #runs: RunController;
  readonly #runtime: PythonRuntime;
  #previews: Record<string, Preview> = {};

  constructor(compared: ComparedDataflow, runtime: PythonRuntime, autoRun: boolean, onChange: () => void) {
    this.compared = compared;
    this.#runtime = runtime;
    this.#store = new Store(emptyWorkspace(autoRun));
    this.#runs = new RunController(this.#store, runtime, this.session);
    this.#store.send(compared.project.opened);
    this.#store.subscribe(onChange);
  }

  /** The previews of the latest run, if `fetchPreviews` was called before that run. */
  get previews(): Previews {
    return this.#previews;
  }

  /** Return whether the code on both sides may share an interpreter. */
  sharesPythonWith(other: Side): boolean {
    const [origin, otherOrigin] = [codeOrigin(this.workspace), codeOrigin(other.workspace)];
    return origin === otherOrigin || origin === "site" || otherOrigin === "site";
  }

  /** From now on, fetch the previews of all values after each run, before the interpreter can be replaced. */
  fetchPreviews(onFetched: () => void): void {
    this.#store.subscribe((_, event) => {
      if (event.kind === "run-ended") void this.#fetchPreviews(event.result, onFetched).catch(() => undefined); // Python stopped
    });
  }

  async #fetchPreviews(run: RunView, onFetched: () => void): Promise<void> {
    const previews: Record<string, Preview> = { ...run.outputs };
    this.#previews = previews;
    const names = run.graph.nodes.map(({ name }) => name).filter((name) => hasValue(run, name));
    for (const name of names.slice(0, MAX_PREVIEWS)) {
      const preview = await this.#runtime.preview(this.session, name);
      if (preview !== null) Object.defineProperty(previews, name, { value: preview, enumerable: true });
    }
    onFetched();
  }

  get workspace(): Workspace {
    return this.#store.workspace;
  }

  /** Send the code to Python, and run the code if the visitor has allowed that. */
  begin(): void {
    this.#runs.wake();
  }

  /** Resolve once the session has parsed the code. After a restart of Python, this parses the code again. */
  async read(): Promise<void> {
    const { files, fieldTexts } = this.workspace;
    await this.#runtime.outline(this.session, files, fieldTexts, false); // called only for its effect on the session
  }

  selectNode(node: string | null): void {
    const isPresent = this.workspace.graph.nodes.some(({ name }) => name === node);
    this.#store.send({ kind: "node-selected", node: isPresent ? node : null, by: "visitor" });
  }

  trust(): void {
    void allow(this.workspace);
    this.compared.onTrust?.();
    this.#store.send({ kind: "trusted" });
  }

  run(): void {
    this.#runs.run();
  }

  close(): void {
    this.#runs.close();
  }
}

/** Return whether a node has a value that was not requested as an output. The previews of outputs come with the run. */
function hasValue({ nodes, outputs }: RunView, name: string): boolean {
  const state = getOwn(nodes, name)?.state;
  return (state === "succeeded" || state === "reused" || state === "overridden") && getOwn(outputs, name) === undefined;
}
