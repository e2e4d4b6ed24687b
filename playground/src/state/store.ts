/** The store that holds a workspace. It applies events in order, and notifies its listeners of each event. */

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
    // Events from a listener are delivered after all listeners have received the current event.
    if (!this.#isNotifying) this.#notify();
  }

  /** Call `listener` after each event; return a function that unsubscribes it. */
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
