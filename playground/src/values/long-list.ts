/** Long lists, truncated because rendering thousands of items would block the page. */

import { html, nothing, type TemplateResult } from "lit/html.js";

const MAX_ITEMS = 100;

export function firstItems<Item>(items: readonly Item[]): readonly Item[] {
  return items.slice(0, MAX_ITEMS);
}

/**
 * Render the number of omitted items.
 *
 * @param hint how to see an omitted item
 */
export function remainderTemplate({ length }: readonly unknown[], hint: string): TemplateResult | typeof nothing {
  if (length <= MAX_ITEMS) return nothing;
  return html`<p class="meta">… and ${(length - MAX_ITEMS).toLocaleString("en")} more. ${hint}</p>`;
}
