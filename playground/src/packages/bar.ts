/** The bar that asks whether to run code without the packages that its metadata lists. */

import { html, type TemplateResult } from "lit/html.js";
import { requirementList } from "./requirement-list.ts";

export interface PackageBar {
  requirements: readonly string[];
  onFetch(): void;
  /** Run the code without the packages. */
  onSkip(): void;
}

export function barTemplate({ requirements, onFetch, onSkip }: PackageBar): TemplateResult {
  return html`<div class="consent package-bar" role="status">
    <span>
      This code needs ${requirements.length === 1 ? "a package" : "packages"} that this page does not have:
      ${requirementList(requirements)}.
    </span>
    <span class="consent-actions">
      <button class="go" @click=${onFetch}>Fetch…</button>
      <button @click=${onSkip}>Run without</button>
    </span>
  </div>`;
}
