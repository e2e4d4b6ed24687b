/** Lists of which a page shows the beginning: nobody reads thousands of parts, and drawing them would stall the page. */

import { html, nothing, type TemplateResult } from "lit";

const MOST = 100;

export function firstItems<Item>(items: readonly Item[]): readonly Item[] {
  return items.slice(0, MOST);
}

/** @param where what to do to see one of those that are left out */
export function remainderTemplate({ length }: readonly unknown[], where: string): TemplateResult | typeof nothing {
  if (length <= MOST) return nothing;
  return html`<p class="meta">… and ${(length - MOST).toLocaleString("en")} more. ${where}</p>`;
}
