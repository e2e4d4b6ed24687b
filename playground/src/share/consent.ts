/** The bar that asks before untrusted code runs. */

import { html, nothing, type TemplateResult } from "lit";
import { ref } from "lit/directives/ref.js";
import type { Files } from "../protocol.ts";
import type { ConsentGate, GateState } from "./consent-gate.ts";

export interface Consent {
  gate: ConsentGate;
  /** Where the code came from, in a sentence. */
  from: string;
  files: readonly Files[];
  /** What the button says. */
  label: string;
  onRun(): void;
}

const HINTS: Record<GateState, string> = {
  open: "",
  waiting: "",
  covered: "It cannot run here while this bar is covered or not fully in view.",
  closed: "It cannot run inside a page of another site.",
};

export function consentTemplate({ gate, from, files, label, onRun }: Consent): TemplateResult {
  const { state } = gate;
  const click = (event: Event): void => {
    if (gate.accepts(event)) onRun();
  };
  return html`
    <div class="consent" role="status" ${ref(gate.watch)}>
      <span>
        ${from} ${sizeText(files)} Nothing of it has run. It would run in a sandbox, without access to the network or to this site.
        <span id="consent-hint">${HINTS[state]}</span>
      </span>
      <span class="consent-actions">
        ${gate.isFramed ? html`<a href=${location.href} target="_blank" rel="noopener">Open in a new tab</a>` : nothing}
        ${
          state === "closed"
            ? nothing
            : html`<button
                class="go"
                aria-disabled=${state === "open" ? "false" : "true"}
                aria-describedby="consent-hint"
                @pointerenter=${gate.enter}
                @pointerdown=${gate.press}
                @keydown=${gate.press}
                @click=${click}
              >
                ${label}
              </button>`
        }
      </span>
    </div>
  `;
}

/** How much there is to read: "2 files, 340 lines." */
export function sizeText(dataflows: readonly Files[]): string {
  const texts = dataflows.flatMap((files) => Object.values(files));
  const lines = texts.reduce((sum, text) => sum + linesIn(text), 0);
  return `${counted(texts.length, "file")}, ${counted(lines, "line")}.`;
}

/** As Python and the editor count them; a last line without an end is one, too. */
function linesIn(text: string): number {
  const lines = text.split(/\r\n?|\n/);
  return lines.at(-1) === "" ? lines.length - 1 : lines.length;
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}
