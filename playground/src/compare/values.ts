/** The values of two dataflows side by side: of the selected node, or of all outputs. */

import { html, type TemplateResult } from "lit/html.js";
import { getOwn } from "../get-own.ts";
import { renderCode } from "../inline-code.ts";
import type { ComparisonView, Preview } from "../protocol.ts";
import type { Workspace } from "../state/workspace.ts";
import { missingValueReason } from "../values/missing-value.ts";
import { previewTemplate } from "../values/preview.ts";
import type { Previews } from "./preview-comparison.ts";

export interface ValuesOfSide {
  workspace: Workspace;
  /** The previews from an interpreter that has since been replaced. */
  previews: Previews;
}

export interface ComparedValues {
  before: ValuesOfSide;
  after: ValuesOfSide;
  comparison: ComparisonView | null;
  selected: string | null;
  onSelect(node: string): void;
}

export function valuesTemplate(compared: ComparedValues): TemplateResult {
  const names = compared.selected === null ? outputsOf(compared) : [compared.selected];
  if (names.length === 0) return html`<p class="empty">${emptyText(compared)}</p>`;
  return html`${names.map((name) => pairTemplate(compared, name))}`;
}

/** Describe in words how two values compare. */
export function verdictOf({ before, after, comparison }: ComparedValues, name: string): string {
  const [wasPresent, isPresent] = [before, after].map((side) =>
    side.workspace.graph.nodes.some((node) => node.name === name),
  );
  if (!wasPresent) return "+ only after";
  if (!isPresent) return "− only before";
  switch (getOwn(comparison?.nodes, name)?.value) {
    case "same":
      return "= equal";
    case "different":
      return "≠ different";
    case "unknown":
      return "? appears equal, but Python could not confirm it";
    default:
      return "";
  }
}

function outputsOf({ before, after }: ComparedValues): string[] {
  return [...new Set([after, before].flatMap((side) => Object.keys(side.workspace.run?.outputs ?? {})))];
}

function emptyText({ before, after }: ComparedValues): string {
  const isRunning = [before, after].some((side) => side.workspace.running !== null);
  return isRunning ? "Computing both versions…" : "Values appear here once the code has run.";
}

function pairTemplate(compared: ComparedValues, name: string): TemplateResult {
  const verdict = verdictOf(compared, name);
  return html`<section class="pair" aria-label=${name} data-compared=${name}>
    <h3><button class="name" @click=${() => compared.onSelect(name)}>${name}</button> <span class="verdict">${verdict}</span></h3>
    <div class="pair-sides">
      ${sideTemplate("before", compared.before, name)} ${sideTemplate("after", compared.after, name)}
    </div>
  </section>`;
}

function sideTemplate(which: "before" | "after", side: ValuesOfSide, name: string): TemplateResult {
  return html`<div class=${`pair-side ${which}`}>
    <p class="which">${which === "before" ? "Before" : "After"}</p>
    ${valueTemplate(side, name)}
  </div>`;
}

function valueTemplate(side: ValuesOfSide, name: string): TemplateResult {
  const preview = previewOf(side, name);
  if (preview !== null) return previewTemplate(preview);
  return html`<p class="empty">${renderCode(missingValueText(side.workspace, name))}</p>`;
}

function previewOf({ workspace: { run, inspected }, previews }: ValuesOfSide, name: string): Preview | null {
  const shown = getOwn(run?.outputs, name) ?? getOwn(previews, name);
  if (shown !== undefined) return shown;
  return inspected?.node === name && inspected.preview !== "loading" ? inspected.preview : null;
}

function missingValueText({ graph, runs, problems, trusted }: Workspace, name: string): string {
  if (!graph.nodes.some((node) => node.name === name)) return "This version has no such node.";
  if (!trusted) return "Not run yet: this code needs your permission.";
  const problem = problems.find(({ node }) => node === name);
  if (problem !== undefined) return problem.message;
  return missingValueReason(getOwn(runs, name));
}
