/** Lists of which a page shows the beginning: nobody reads thousands of parts, and drawing them would stall the page. */

import { html, nothing, type TemplateResult } from "lit";

const MAX_ITEMS = 100;

export function firstItems<Item>(items: readonly Item[]): readonly Item[] {
  return items.slice(0, MAX_ITEMS);
}

/** @param hint what to do to see one of those that are left out */
export function remainderTemplate({ length }: readonly unknown[], hint: string): TemplateResult | typeof nothing {
  if (length <= MAX_ITEMS) return nothing;
  return html`<p class="meta">… and ${(length - MAX_ITEMS).toLocaleString("en")} more. ${hint}</p>`;
}
