/** Links from messages about a value to its input field. */

import { html, nothing, type TemplateResult } from "lit/html.js";
import type { FieldReference, FieldRole } from "../protocol.ts";
import { escapeInvisible } from "../special-characters.ts";

export interface FieldHandlers {
  /** Scroll a field into view and focus it. */
  onField(field: FieldReference): void;
}

const LABELS: Record<FieldRole, string> = {
  inputs: "Fill in",
  config: "Set",
  overrides: "Change the override of",
};

export function fieldLinksTemplate(
  fields: readonly FieldReference[],
  on: FieldHandlers,
): TemplateResult | typeof nothing {
  if (fields.length === 0) return nothing;
  return html`<p class="field-links">
    ${fields.map(
      (field) =>
        html`<button class="link" @click=${() => on.onField(field)}>${LABELS[field.role]} <code>${escapeInvisible(field.name)}</code></button> `,
    )}
  </p>`;
}

/** Return the id of a field's control in the Inputs panel. */
export function fieldId({ role, name }: FieldReference): string {
  return `${role}-${name}`;
}
