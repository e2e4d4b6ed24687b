/** Completion of code from the values and modules in Python. It is loaded with the editing aids. */

import type { AttributeView, CompletionView } from "../protocol.ts";
import { BootFailed } from "../runtime/failures.ts";
import type { AttributeDescription, CodePosition, PythonRuntime } from "../runtime/runtime.ts";
import type { WorkspaceEvent } from "../state/events.ts";
import type { Store } from "../state/store.ts";
import { ValueKeys } from "./value-keys.ts";

/** Events that may change the values of nodes. */
const CHANGES_VALUES: ReadonlySet<WorkspaceEvent["kind"]> = new Set<WorkspaceEvent["kind"]>([
  "opened",
  "run-ended",
  "run-failed",
  "run-stopped",
  "values-lost",
]);

type CompletingRuntime = Pick<PythonRuntime, "keys" | "attributes" | "describe">;

export class LiveCompletion {
  readonly #store: Store;
  readonly #runtime: CompletingRuntime;
  readonly #session: string;
  readonly #keys: ValueKeys;

  constructor(store: Store, runtime: CompletingRuntime, session: string) {
    this.#store = store;
    this.#runtime = runtime;
    this.#session = session;
    this.#keys = new ValueKeys(runtime, session);
    store.subscribe((_, { kind }) => {
      if (CHANGES_VALUES.has(kind)) this.#keys.discard();
    });
  }

  /** Return the keys of a node's value in memory, after the current run. Empty if there are none, or if Python is starting. */
  async keysOf(node: string): Promise<readonly CompletionView[]> {
    if (!this.#store.workspace.valuesAvailable) return [];
    return (await this.#keys.of(node)) ?? (await this.keysOf(node));
  }

  /**
   * Return the attributes at a position, after the current run. Empty if Python is starting, null if the library that finds
   * attributes cannot be loaded.
   */
  async attributesAt(position: CodePosition): Promise<readonly AttributeView[] | null> {
    if (!this.#store.workspace.trusted) return [];
    try {
      const attributes = await this.#runtime.attributes(this.#session, position);
      if (this.#store.workspace.notice?.about === "completion") this.#store.send({ kind: "notice-set", notice: null });
      return attributes;
    } catch (error) {
      if (!(error instanceof BootFailed)) return []; // Python was stopped, or a newer request replaced this one
      const message = `Attributes cannot be completed: ${error.message} Type another dot to try again.`;
      this.#store.send({ kind: "notice-set", notice: { message, about: "completion" } });
      return null;
    }
  }

  /** Return the description of an attribute from the latest `attributesAt`. Null if Python is starting. */
  async describeAttribute(name: string): Promise<AttributeDescription | null> {
    return await this.#runtime.describe(this.#session, name).catch(() => null);
  }
}
