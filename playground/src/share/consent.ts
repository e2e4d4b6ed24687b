/** The bar that asks for consent before untrusted code runs. */

import { ref } from "lit/directives/ref.js";
import { html, nothing, type TemplateResult } from "lit/html.js";
import type { Files } from "../protocol.ts";
import type { ConsentGate, GateState } from "./consent-gate.ts";

export interface ConsentBar {
  gate: ConsentGate;
  /** The source of the code. The number of files and lines follows this text. */
  from: string;
  files: readonly Files[];
  label: string;
  onRun(): void;
}

const HINTS: Record<GateState, string> = {
  open: "",
  waiting: "",
  covered: "The button works once this bar is fully visible.",
  closed: "This browser cannot run the code in a frame on another site.",
};

export function consentTemplate({ gate, from, files, label, onRun }: ConsentBar): TemplateResult {
  const { state } = gate;
  const click = (event: Event): void => {
    if (gate.accepts(event)) onRun();
  };
  return html`
    <div class="consent" role="status" ${ref(gate.watch)}>
      <span>
        ${from} ${sizeText(files)} It has not run yet. It will run in a sandbox without access to the network or this site.
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

/** Return the size of the code: "2 files, 340 lines." */
export function sizeText(dataflows: readonly Files[]): string {
  const texts = dataflows.flatMap((files) => Object.values(files));
  const lines = texts.reduce((sum, text) => sum + linesIn(text), 0);
  return `${countOf(texts.length, "file")}, ${countOf(lines, "line")}.`;
}

/** Count lines as Python and the editor do, including a last line without a line break. */
function linesIn(text: string): number {
  const lines = text.split(/\r\n?|\n/);
  return lines.at(-1) === "" ? lines.length - 1 : lines.length;
}

function countOf(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}
