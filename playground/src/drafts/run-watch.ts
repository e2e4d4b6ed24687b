/** Notes down that code runs, in case that the browser ends the page meanwhile, and tells the next visit. */

import type { WorkspaceEvent } from "../state/events.ts";
import type { Store } from "../state/store.ts";
import type { Workspace } from "../state/workspace.ts";
import { RunMarker, takeInterruptedRun } from "./interrupted-run.ts";

const ENDS: readonly WorkspaceEvent["kind"][] = ["run-ended", "run-stopped", "run-failed", "opened"];

export class RunWatch {
  readonly #store: Store;
  readonly #mark = new RunMarker();
  readonly #unsubscribe: () => void;

  /** @param leaving aborted once the element has left the page */
  constructor(store: Store, leaving: AbortSignal) {
    this.#store = store;
    this.#unsubscribe = store.subscribe((workspace, event) => this.#onEvent(workspace, event));
    window.addEventListener("pagehide", () => this.#mark.leave(), { signal: leaving });
    window.addEventListener("pageshow", () => this.#mark.comeBack(), { signal: leaving });
  }

  /** Says that the browser ended a page. The same code would end this one if it ran by itself. */
  async reportInterruptedRun(): Promise<void> {
    const title = await takeInterruptedRun();
    if (title === null) return;
    this.#store.send({ kind: "auto-run-set", on: false });
    const message = `The browser ended this page while “${title}” was running, perhaps for lack of memory. Your drafts are kept. Auto-run is off: nothing runs until you say so.`;
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
