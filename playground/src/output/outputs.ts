/** The values that the latest run was for. */

import { html, type TemplateResult } from "lit";
import type { Preview, RunView } from "../protocol.ts";
import { previewTemplate } from "./preview.ts";

export interface OutputHandlers {
  onSelect(node: string): void;
}

export function outputsTemplate(run: RunView | null, on: OutputHandlers): TemplateResult {
  const outputs = Object.entries(run?.outputs ?? {});
  if (outputs.length === 0) {
    return html`<p class="empty">${run === null ? "Nothing has run yet." : "The latest run came to no output."}</p>`;
  }
  return html`${outputs.map(([name, preview]) => outputTemplate(name, preview, on))}`;
}

function outputTemplate(name: string, preview: Preview, on: OutputHandlers): TemplateResult {
  return html`<section class="value" aria-label=${name} data-output=${name}>
    <h2><button class="name" title="Show where this comes from" @click=${() => on.onSelect(name)}>${name}</button></h2>
    ${previewTemplate(preview)}
  </section>`;
}
