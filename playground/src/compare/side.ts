/** One of two dataflows that are compared: a workspace of its own, over a session of its own. */

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

/** What is compared, and how the visitor calls it: "the example", "this code". */
export interface ComparedDataflow {
  label: string;
  opening: LoadedProject;
  /** Called when the visitor lets this code run. */
  onTrust?: () => void;
}

/** Each preview is a request. */
const MOST_PREVIEWS = 200;

let sideCount = 0;

export class Side {
  readonly session = `compare-${++sideCount}`;
  readonly compared: ComparedDataflow;
  readonly #store: Store;
  readonly #conductor: RunController;
  readonly #runtime: PythonRuntime;
  #previews: Record<string, Preview> = {};

  constructor(compared: ComparedDataflow, runtime: PythonRuntime, autoRun: boolean, onChange: () => void) {
    this.compared = compared;
    this.#runtime = runtime;
    this.#store = new Store(emptyWorkspace(autoRun));
    this.#conductor = new RunController(this.#store, runtime, this.session);
    this.#store.send(compared.opening.opened);
    this.#store.subscribe(onChange);
  }

  /** What is shown of the values of the latest run, where `keepPreviews` was called before it. */
  get previews(): Previews {
    return this.#previews;
  }

  /** Whether the code of both may run in one Python. */
  sharesPythonWith(other: Side): boolean {
    const [origin, otherOrigin] = [codeOrigin(this.workspace), codeOrigin(other.workspace)];
    return origin === otherOrigin || origin === "site" || otherOrigin === "site";
  }

  /** Asks for a preview of each value after each run, before another Python takes the place of this one. */
  fetchPreviews(onFetched: () => void): void {
    this.#store.subscribe((_, event) => {
      if (event.kind === "run-ended") void this.#fetchPreviews(event.result, onFetched).catch(() => undefined); // a stop ends it
    });
  }

  async #fetchPreviews(run: RunView, onFetched: () => void): Promise<void> {
    const previews: Record<string, Preview> = { ...run.outputs };
    this.#previews = previews;
    const names = run.graph.nodes.map(({ name }) => name).filter((name) => hasValue(run, name));
    for (const name of names.slice(0, MOST_PREVIEWS)) {
      const preview = await this.#runtime.preview(this.session, name);
      if (preview !== null) Object.defineProperty(previews, name, { value: preview, enumerable: true });
    }
    onFetched();
  }

  get workspace(): Workspace {
    return this.#store.workspace;
  }

  /** Has Python read the code, and run it if it may. */
  begin(): void {
    this.#conductor.wake();
  }

  /** Once the session holds the code, whatever became of the Python that held it before. */
  async read(): Promise<void> {
    const { files, given } = this.workspace;
    await this.#runtime.outline(this.session, files, given, false); // for Python's sake alone
  }

  choose(node: string | null): void {
    const isPresent = this.workspace.graph.nodes.some(({ name }) => name === node);
    this.#store.send({ kind: "node-selected", node: isPresent ? node : null, by: "hand" });
  }

  trust(): void {
    void allow(this.workspace);
    this.compared.onTrust?.();
    this.#store.send({ kind: "trusted" });
  }

  run(): void {
    this.#conductor.run();
  }

  close(): void {
    this.#conductor.close();
  }
}

/** Whether a node that is no output has a value after a run. */
function hasValue({ nodes, outputs }: RunView, name: string): boolean {
  const state = getOwn(nodes, name)?.state;
  return (state === "succeeded" || state === "reused" || state === "overridden") && getOwn(outputs, name) === undefined;
}
