/** The outputs of the latest run. */

import { html, nothing, type TemplateResult } from "lit/html.js";
import { getOwn } from "../get-own.ts";
import type { NodeRun, NodeState, Preview, RunView } from "../protocol.ts";
import { escapeInvisible } from "../special-characters.ts";
import type { FieldHandlers } from "./field-links.ts";
import { firstItems, remainderTemplate } from "./long-list.ts";
import { missingValueTemplate } from "./missing-value.ts";
import { extentText, previewTemplate } from "./preview.ts";
import { staleTemplate } from "./stale.ts";

export interface OutputHandlers extends FieldHandlers {
  onSelect(node: string): void;
}

/**
 * Render the outputs of the latest run.
 *
 * @param stale the nodes whose values were computed by older code
 */
export function outputsTemplate(run: RunView | null, stale: ReadonlySet<string>, on: OutputHandlers): TemplateResult {
  if (run === null) return html`<p class="empty">Nothing has run yet.</p>`;
  const outputs = Object.entries(run.outputs);
  const missing = missingOutputs(run);
  if (outputs.length + missing.length === 0) return html`<p class="empty">The latest run computed no outputs.</p>`;
  const contents: [string, TemplateResult][] = [
    ...outputs.map(([name, preview]): [string, TemplateResult] => [name, valueTemplate(name, preview, on)]),
    ...missing.map(([name, run]): [string, TemplateResult] => [name, missingValueTemplate(run, on)]),
  ];
  return html`<div data-roving="vertical">
      ${firstItems(contents).map(([name, content]) => outputTemplate(name, content, stale.has(name), on))}
    </div>
  ${remainderTemplate(contents, "Select a node in the graph to see its value.")}`;
}

/** Render a value, with a button to browse a table that is only partly shown. */
function valueTemplate(name: string, preview: Preview, on: OutputHandlers): TemplateResult {
  const isPartial = preview.kind === "table" && extentText(preview).endsWith("shown");
  return html`${previewTemplate(preview)}
  ${isPartial ? html`<button class="link more" @click=${() => on.onSelect(name)}>Browse the whole table</button>` : nothing}`;
}

const WITHOUT_VALUE: readonly NodeState[] = ["failed", "waiting", "skipped"];

/** Return the outputs that the run did not compute. */
function missingOutputs(run: RunView): [string, NodeRun][] {
  return run.graph.nodes.flatMap(({ name, output }): [string, NodeRun][] => {
    const tried = getOwn(run.nodes, name);
    if (!output || tried === undefined || Object.hasOwn(run.outputs, name)) return [];
    return WITHOUT_VALUE.includes(tried.state) ? [[name, tried]] : [];
  });
}

function outputTemplate(name: string, content: TemplateResult, isStale: boolean, on: OutputHandlers): TemplateResult {
  return html`<section class="value" aria-label=${escapeInvisible(name)} data-output=${name} data-roving-item>
    <h2><button class="name" title="Select this node in the graph" @click=${() => on.onSelect(name)}>${escapeInvisible(name)}</button></h2>
    ${staleTemplate(content, isStale)}
  </section>`;
}
