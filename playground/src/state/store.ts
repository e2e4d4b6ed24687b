/** The one owner of a workspace: events go in, and whoever listens is told of each, in the order in which they came. */

import type { WorkspaceEvent } from "./events.ts";
import { reduce } from "./reduce.ts";
import type { Workspace } from "./workspace.ts";

export type Listener = (workspace: Workspace, event: WorkspaceEvent) => void;

export class Store {
  #workspace: Workspace;
  readonly #listeners = new Set<Listener>();
  readonly #pending: WorkspaceEvent[] = [];
  #isNotifying = false;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  get workspace(): Workspace {
    return this.#workspace;
  }

  send(event: WorkspaceEvent): void {
    this.#workspace = reduce(this.#workspace, event);
    this.#pending.push(event);
    // One who answers an event with another is heard after all have heard the first.
    if (!this.#isNotifying) this.#notify();
  }

  /** Calls `listener` after each event; returns the function that ends it. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #notify(): void {
    this.#isNotifying = true;
    try {
      for (let event = this.#pending.shift(); event !== undefined; event = this.#pending.shift()) {
        for (const listener of [...this.#listeners]) listener(this.#workspace, event);
      }
    } finally {
      this.#isNotifying = false;
    }
  }
}
