/** Formats requirements as part of a sentence. They may come from a link, so a long list must not fill the page. */

import { html, type TemplateResult } from "lit/html.js";
import { escapeInvisible } from "../special-characters.ts";

const MAX_ITEMS = 6;
const MAX_LENGTH = 60;

export function requirementList(requirements: readonly string[]): TemplateResult {
  const { items, more } = shortened(requirements);
  const list = items.map((text, index) => html`${index === 0 ? "" : ", "}<code>${text}</code>`);
  return html`${list}${more === 0 ? "" : ` and ${more} more`}`;
}

/** Return the first requirements, each shortened, and the number of omitted requirements. */
export function shortened(requirements: readonly string[]): { items: string[]; more: number } {
  const items = requirements.slice(0, MAX_ITEMS).map((text) => {
    const visible = escapeInvisible(text.slice(0, MAX_LENGTH));
    return text.length > MAX_LENGTH ? `${visible}…` : visible;
  });
  return { items, more: requirements.length - items.length };
}
