/** The printed output of each node. */

import { html, nothing, type TemplateResult } from "lit/html.js";
import type { NodeRun, RunView } from "../protocol.ts";
import { escapeInvisible } from "../special-characters.ts";
import { firstItems, remainderTemplate } from "./long-list.ts";
import { staleTemplate } from "./stale.ts";

export interface PrintHandlers {
  onSelect(node: string): void;
}

/**
 * Render the printed output.
 *
 * @param runs the node runs of the latest run
 * @param run the latest run, with the output printed during import
 */
export function printsTemplate(runs: Record<string, NodeRun>, run: RunView | null, on: PrintHandlers): TemplateResult {
  const printed = Object.entries(runs).filter(([, run]) => run.prints !== undefined);
  if (printed.length === 0 && run?.prints === undefined) return html`<p class="empty">Nothing was printed.</p>`;
  return html`
    ${run?.prints === undefined ? nothing : html`<h2>during import</h2>${text(run.prints)}`}
    ${firstItems(printed).map(
      ([name, run]) =>
        html`<h2><button class="name" @click=${() => on.onSelect(name)}>${escapeInvisible(name)}</button></h2>
          ${staleTemplate(text(run.prints ?? ""), run.state === "stale")}`,
    )}
    ${remainderTemplate(printed, "Select a node in the graph to see what it printed.")}
  `;
}

function text(prints: string): TemplateResult {
  return html`<pre class="text" tabindex="0" aria-label="Printed">${prints}</pre>`;
}
