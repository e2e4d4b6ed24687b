/** The explanation shown instead of a missing value, with links to the inputs to fill in. */

import { html, type TemplateResult } from "lit/html.js";
import type { NodeRun } from "../protocol.ts";
import { escapeInvisible } from "../special-characters.ts";
import { missingInputsText } from "../state/missing-inputs.ts";
import { type FieldHandlers, fieldLinksTemplate } from "./field-links.ts";

export function missingValueTemplate(run: NodeRun | undefined, on: FieldHandlers): TemplateResult {
  const fields = (run?.needs ?? []).map((name) => ({ role: "inputs" as const, name }));
  return html`<p class="empty">${escapeInvisible(missingValueReason(run))}</p>${fieldLinksTemplate(fields, on)}`;
}

/** Return the reason why a value is missing, as one sentence. */
export function missingValueReason(run: NodeRun | undefined): string {
  const needs = missingInputsText(run);
  switch (run?.state) {
    case "waiting":
      return needs === null ? "It needs an input." : `It ${needs}.`;
    case "skipped":
      return needs === null ? "Skipped: an upstream node failed." : `Skipped: ${needs}.`;
    case "failed":
      return "Failed.";
    default:
      return "No value.";
  }
}
