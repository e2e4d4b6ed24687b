/** Whether the code that is open may run, and the bar that asks. */

import { nothing, type TemplateResult } from "lit";
import type { Workspace } from "../state/workspace.ts";
import { consentTemplate } from "./consent.ts";
import { ConsentGate } from "./consent-gate.ts";
import { allow } from "./consent-store.ts";

export interface ConsentHost {
  workspace(): Workspace;
  requestUpdate(): void;
  /** The visitor lets the code run. Undo must not lead back to code from before: that was not allowed. */
  trusted(): void;
}

export class ConsentController {
  readonly #host: ConsentHost;
  readonly #gate: ConsentGate;

  constructor(host: ConsentHost) {
    this.#host = host;
    this.#gate = new ConsentGate(() => host.requestUpdate());
  }

  /** Lets the code on the page run, now and when the visitor comes back. */
  readonly trust = (): void => {
    void allow(this.#host.workspace());
    this.#host.trusted();
  };

  /** Other code is open: the visitor has to see it before the button can be pressed. */
  restart(): void {
    this.#gate.restart();
  }

  template(): TemplateResult | typeof nothing {
    const { trusted, files } = this.#host.workspace();
    if (trusted) return nothing;
    return consentTemplate({
      gate: this.#gate,
      from: "This code came with a link:",
      files: [files],
      label: "Run this code",
      onRun: this.trust,
    });
  }

  close(): void {
    this.#gate.close();
  }
}
