/** Node states during a run, reported once per frame: thousands of nodes may change their state three times each. */

import type { ElementsView, NodeState } from "../protocol.ts";
import type { ReportedState } from "../state/events.ts";

const FRAME_MS = 16;

export class RunProgress {
  readonly #send: (states: ReadonlyMap<string, ReportedState>) => void;
  #states = new Map<string, ReportedState>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(send: (states: ReadonlyMap<string, ReportedState>) => void) {
    this.#send = send;
  }

  report(node: string, state: NodeState, elements?: ElementsView): void {
    if (this.#states.size === 0) this.#timer = setTimeout(() => this.#flush(), FRAME_MS);
    this.#states.set(node, { state, ...(elements && { elements }) });
  }

  /** Discard pending states, because the run is over and its result includes the states. */
  discard(): void {
    clearTimeout(this.#timer);
    this.#states.clear();
  }

  #flush(): void {
    const states = this.#states;
    this.#states = new Map();
    this.#send(states);
  }
}
