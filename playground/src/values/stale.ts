/** Stale values: computed by older code, dimmed but readable. */

import { html, type TemplateResult } from "lit/html.js";

export function staleTemplate(content: TemplateResult, isStale: boolean): TemplateResult {
  return isStale
    ? html`<p class="hint stale-note">Computed before the latest change.</p>
        <div class="stale">${content}</div>`
    : html`<div>${content}</div>`;
}
