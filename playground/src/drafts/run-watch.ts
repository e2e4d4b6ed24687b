/** Records that code is running. If the browser kills the page, the playground reports this on the next visit. */

import type { WorkspaceEvent } from "../state/events.ts";
import type { Store } from "../state/store.ts";
import type { Workspace } from "../state/workspace.ts";
import { RunMarker, takeInterruptedRun } from "./interrupted-run.ts";

const ENDS: readonly WorkspaceEvent["kind"][] = ["run-ended", "run-stopped", "run-failed", "opened"];

export class RunWatch {
  readonly #store: Store;
  readonly #mark = new RunMarker();
  readonly #unsubscribe: () => void;

  /** @param disconnectSignal aborted once the element has left the page */
  constructor(store: Store, disconnectSignal: AbortSignal) {
    this.#store = store;
    this.#unsubscribe = store.subscribe((workspace, event) => this.#onEvent(workspace, event));
    window.addEventListener("pagehide", () => this.#mark.suspend(), { signal: disconnectSignal });
    window.addEventListener("pageshow", () => this.#mark.restore(), { signal: disconnectSignal });
  }

  /** Report that the browser killed a page, and turn auto-run off: the same code could kill this page, too. */
  async reportInterruptedRun(): Promise<void> {
    const title = await takeInterruptedRun();
    if (title === null) return;
    this.#store.send({ kind: "auto-run-set", on: false });
    const message = `The browser closed this page while “${title}” was running, perhaps because memory ran out. Your drafts are saved. Auto-run is off; press Run to run the code.`;
    this.#store.send({ kind: "notice-set", notice: { message, about: "draft" } });
  }

  close(): void {
    this.#unsubscribe();
    this.#mark.clear();
  }

  #onEvent(workspace: Workspace, event: WorkspaceEvent): void {
    if (workspace.running === null) {
      if (ENDS.includes(event.kind)) this.#mark.clear();
    } else if (event.kind === "run-started") {
      this.#mark.set(workspace.title);
    }
  }
}
