/** The controller for the consent bar. It decides whether the open code may run. */

import { nothing, type TemplateResult } from "lit/html.js";
import type { Workspace } from "../state/workspace.ts";
import { consentTemplate } from "./consent.ts";
import { ConsentGate } from "./consent-gate.ts";
import { allow } from "./consent-store.ts";

export interface ConsentHost {
  workspace(): Workspace;
  requestUpdate(): void;
  /**
   * Called when the visitor allows the code to run. Undo must not restore earlier code, to which the visitor has not consented.
   */
  onTrust(): void;
}

export class ConsentController {
  readonly #host: ConsentHost;
  readonly #gate: ConsentGate;

  constructor(host: ConsentHost) {
    this.#host = host;
    this.#gate = new ConsentGate(() => host.requestUpdate());
  }

  /** Allow the code on the page to run, now and on later visits. */
  readonly trust = (): void => {
    void allow(this.#host.workspace());
    this.#host.onTrust();
  };

  /** Disable the button until the visitor has had time to see the newly opened code. */
  restart(): void {
    this.#gate.restart();
  }

  template(): TemplateResult | typeof nothing {
    const { trusted, files } = this.#host.workspace();
    if (trusted) return nothing;
    return consentTemplate({
      gate: this.#gate,
      from: "This code comes from a link:",
      files: [files],
      label: "Run this code",
      onRun: this.trust,
    });
  }

  close(): void {
    this.#gate.close();
  }
}
