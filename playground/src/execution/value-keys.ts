/** The keys of nodes' values, such as the columns of a table. They are read once for each run. */

import type { CompletionView } from "../protocol.ts";
import type { PythonRuntime } from "../runtime/runtime.ts";

type Keys = readonly CompletionView[];

export class ValueKeys {
  readonly #runtime: Pick<PythonRuntime, "keys">;
  readonly #session: string;
  #requested = new Map<string, Promise<Keys>>();

  constructor(runtime: Pick<PythonRuntime, "keys">, session: string) {
    this.#runtime = runtime;
    this.#session = session;
  }

  /**
   * Return the keys of a node's value. Empty if there are none or Python is starting, null if the values change in the meantime.
   */
  async of(node: string): Promise<Keys | null> {
    const requested = this.#requested;
    const reply = requested.get(node) ?? this.#request(node);
    requested.set(node, reply);
    const keys = await reply;
    if (keys.length === 0) requested.delete(node); // Python may answer the next request
    return requested === this.#requested ? keys : null;
  }

  /** Forget all keys, because the values may have changed. Replies to earlier requests are ignored. */
  discard(): void {
    this.#requested = new Map();
  }

  async #request(node: string): Promise<Keys> {
    try {
      return await this.#runtime.keys(this.#session, node);
    } catch {
      return []; // Python was stopped, or a newer request replaced this one
    }
  }
}
