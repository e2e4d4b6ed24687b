/** One of two dataflows that are compared: a workspace of its own, over a session of its own. */

// biome-ignore lint/style/noRestrictedImports: the conductor belongs in a folder below `compare/`.
import { Conductor } from "../element/conductor.ts";
// biome-ignore lint/style/noRestrictedImports: `Opening` belongs in a folder below `compare/`.
import type { Opening } from "../element/opening.ts";
import type { PythonRuntime } from "../runtime/runtime.ts";
import { allow } from "../share/consents.ts";
import { Store } from "../state/store.ts";
import { emptyWorkspace, type Workspace } from "../state/workspace.ts";

/** What is compared, and how the visitor calls it: "the example", "this code". */
export interface Compared {
  label: string;
  opening: Opening;
  /** Called when the visitor lets this code run. */
  onTrust?: () => void;
}

let made = 0;

export class Side {
  readonly session = `compare-${++made}`;
  readonly compared: Compared;
  readonly #store: Store;
  readonly #conductor: Conductor;
  readonly #runtime: PythonRuntime;

  constructor(compared: Compared, runtime: PythonRuntime, autoRun: boolean, onChange: () => void) {
    this.compared = compared;
    this.#runtime = runtime;
    this.#store = new Store(emptyWorkspace(autoRun));
    this.#conductor = new Conductor(this.#store, runtime, this.session);
    this.#store.send(compared.opening.opened);
    this.#store.subscribe(onChange);
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
    await this.#runtime.outline(this.session, files, given);
  }

  choose(node: string | null): void {
    const isHere = this.workspace.graph.nodes.some((one) => one.name === node);
    this.#store.send({ kind: "node-chosen", node: isHere ? node : null, by: "hand" });
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
