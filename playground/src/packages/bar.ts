/** The bar that asks before code runs without the packages that its metadata lists. */

import { html, type TemplateResult } from "lit";
import { escapeInvisible } from "../special-characters.ts";

export interface PackageBar {
  requirements: readonly string[];
  onFetch(): void;
  /** Run the code without the packages. */
  onSkip(): void;
}

export function barTemplate({ requirements, onFetch, onSkip }: PackageBar): TemplateResult {
  const names = requirements.map(
    (text, index) => html`${index === 0 ? "" : ", "}<code>${escapeInvisible(text)}</code>`,
  );
  return html`<div class="consent" role="status">
    <span>This code needs ${requirements.length === 1 ? "a package" : "packages"} that this page does not have: ${names}.</span>
    <span class="consent-actions">
      <button class="go" @click=${onFetch}>Fetch…</button>
      <button @click=${onSkip}>Run without</button>
    </span>
  </div>`;
}
