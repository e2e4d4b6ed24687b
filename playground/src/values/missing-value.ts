/** What stands in the place of a value that could not be computed: why, and the fields to fill in. */

import { html, type TemplateResult } from "lit";
import type { NodeRun } from "../protocol.ts";
import { escapeInvisible } from "../special-characters.ts";
import { missingInputsText } from "../state/missing-inputs.ts";
import { type FieldHandlers, fieldLinksTemplate } from "./field-links.ts";

export function missingValueTemplate(run: NodeRun | undefined, on: FieldHandlers): TemplateResult {
  const fields = (run?.needs ?? []).map((name) => ({ role: "inputs" as const, name }));
  return html`<p class="empty">${escapeInvisible(missingValueReason(run))}</p>${fieldLinksTemplate(fields, on)}`;
}

/** In a sentence. */
export function missingValueReason(run: NodeRun | undefined): string {
  const needs = missingInputsText(run);
  switch (run?.state) {
    case "waiting":
      return needs === null ? "It needs an input." : `It ${needs}.`;
    case "skipped":
      return needs === null ? "Skipped: something that it needs failed." : `Skipped: ${needs}.`;
    case "failed":
      return "It failed.";
    default:
      return "No value.";
  }
}
