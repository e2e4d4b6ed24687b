/** The bar over a stranger's code: it is shown and drawn, and runs when the visitor says so. */

import { html, type TemplateResult } from "lit";

export interface Consent {
  onRun(): void;
}

export function consentTemplate({ onRun }: Consent): TemplateResult {
  return html`
    <div class="consent" role="status">
      <span>This code came with a link. It is shown and drawn; nothing of it has run. It would run sealed off from the network and from this site.</span>
      <button class="go" @click=${onRun}>Run this code</button>
    </div>
  `;
}
