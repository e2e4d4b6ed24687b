/** The one owner of a workspace: events go in, and whoever listens is told of each new value. */

import { reduce, type Workspace, type WorkspaceEvent } from "./workspace.ts";

export type Listener = (workspace: Workspace, event: WorkspaceEvent) => void;

export class Store {
  #workspace: Workspace;
  readonly #listeners = new Set<Listener>();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  get workspace(): Workspace {
    return this.#workspace;
  }

  send(event: WorkspaceEvent): void {
    this.#workspace = reduce(this.#workspace, event);
    for (const listener of [...this.#listeners]) listener(this.#workspace, event);
  }

  /** Calls `listener` after each event; returns the function that ends it. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
