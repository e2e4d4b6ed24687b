/** The view of a comparison: a summary, the merged graph, and values and code side by side. */

import { html, nothing, type TemplateResult } from "lit/html.js";
import type { GraphChanges } from "../graph/change-marks.ts";
import { renderCode } from "../inline-code.ts";
import type { ComparisonView } from "../protocol.ts";
import { consentTemplate } from "../share/consent.ts";
import type { ConsentGate } from "../share/consent-gate.ts";
import { escapeInvisible } from "../special-characters.ts";
import { isPrerendered, type Workspace } from "../state/workspace.ts";
import { countsText } from "./changes.ts";
import type { ComparedFile } from "./files.ts";
import type { Previews } from "./preview-comparison.ts";
import { valuesTemplate } from "./values.ts";

export type ComparisonPart = "graph" | "values" | "code";

export interface ComparedSide {
  label: string;
  workspace: Workspace;
  previews: Previews;
}

export interface ComparisonProps {
  before: ComparedSide;
  after: ComparedSide;
  comparison: ComparisonView | null;
  changes: GraphChanges;
  graph: TemplateResult;
  selected: string | null;
  files: readonly ComparedFile[];
  /** The active file; null if there is none. */
  file: ComparedFile | null;
  code: HTMLElement;
  /** The part of the comparison that a narrow window shows. */
  part: ComparisonPart;
  copied: "copied" | "refused" | null;
  consentGate: ConsentGate;
  onTrust(): void;
  onRun(): void;
  onStop(): void;
  onSelect(node: string | null): void;
  onFile(name: string): void;
  onGo(direction: "next" | "previous"): void;
  onPart(part: ComparisonPart): void;
  onSwap(): void;
  onCopy(): void;
  onClose(): void;
}

const PARTS: readonly [ComparisonPart, string][] = [
  ["graph", "Graph"],
  ["values", "Values"],
  ["code", "Code"],
];

export function comparisonTemplate(props: ComparisonProps): TemplateResult {
  const { graph, part, onPart, onClose } = props;
  return html`<dialog class="compare" aria-labelledby="compare-title" @close=${onClose}>
    <div class="comparison" data-part=${part}>
      ${headTemplate(props)} ${consentPart(props)} ${errorsTemplate(props)}
      <div class="compare-tabs" role="group" aria-label="Panes">
        ${PARTS.map(
          ([name, label]) =>
            html`<button aria-pressed=${name === part ? "true" : "false"} @click=${() => onPart(name)}>${label}</button>`,
        )}
      </div>
      <div class="compare-parts">
        <section class="compare-graph" aria-label="Dataflow of both versions">${graph}</section>
        ${valuesPart(props)} ${codePart(props)}
      </div>
    </div>
  </dialog>`;
}

function headTemplate(props: ComparisonProps): TemplateResult {
  const { before, after, comparison, changes, copied, onSwap, onCopy, onClose } = props;
  return html`<div class="compare-head">
    <h2 id="compare-title">Comparison</h2>
    <p class="compare-sides">${sideName("Before", before)} ${sideName("After", after)}</p>
    <span class="compare-counts" role="status">${comparison === null ? "Parsing both versions…" : countsText(changes)}</span>
    <div class="compare-tools">
      ${runTemplate(props)}
      <button @click=${onSwap} title="Swap before and after">⇄ Swap</button>
      <button @click=${onCopy} title="Copy a link to this comparison">${copyLabel(copied)}</button>
      <button autofocus @click=${onClose}>Close</button>
    </div>
  </div>`;
}

function copyLabel(copied: ComparisonProps["copied"]): string {
  if (copied === null) return "Copy link";
  return copied === "copied" ? "Copied" : "Copying failed";
}

function sideName(which: string, { label, workspace }: ComparedSide): TemplateResult {
  return html`<span><span class="which">${which}</span> <b>${escapeInvisible(workspace.title)}</b> <span class="which">${label}</span></span>`;
}

function runTemplate({ before, after, onRun, onStop }: ComparisonProps): TemplateResult | typeof nothing {
  const sides = [before.workspace, after.workspace];
  if (sides.some((side) => side.running !== null)) return html`<button class="stop" @click=${onStop}>■ Stop</button>`;
  const needsRun = sides.some((side) => side.trusted && !hasRun(side));
  return needsRun || sides.some((side) => side.notice !== null)
    ? html`<button class="go" @click=${onRun}>▶ Run both</button>`
    : nothing;
}

/** Return whether the code has run in this browser. */
function hasRun(workspace: Workspace): boolean {
  return workspace.run !== null && !isPrerendered(workspace);
}

function consentPart({ before, after, consentGate, onTrust }: ComparisonProps): TemplateResult | typeof nothing {
  const untrusted = [before.workspace, after.workspace].filter((workspace) => !workspace.trusted);
  if (untrusted.length === 0) return nothing;
  const isBoth = untrusted.length === 2;
  return consentTemplate({
    gate: consentGate,
    from: isBoth ? "The code on both sides comes from links:" : "The code on one side comes from a link:",
    files: untrusted.map(({ files }) => files),
    label: isBoth ? "Run both" : "Run this code",
    onRun: onTrust,
  });
}

/** Render the errors that prevent either side from being parsed or run. */
function errorsTemplate({ before, after }: ComparisonProps): TemplateResult[] {
  return [["Before", before] as const, ["After", after] as const].flatMap(([which, { workspace }]) => {
    const problem = workspace.problems.find(({ severity }) => severity === "error");
    const message = workspace.notice?.message ?? (problem === undefined ? undefined : withLocation(problem));
    return message === undefined
      ? []
      : [html`<p class="compare-trouble" role="status"><b>${which}:</b> ${renderCode(message)}</p>`];
  });
}

function withLocation({ message, file, line }: { message: string; file: string | null; line: number | null }): string {
  const first = message.split("\n", 1)[0] ?? "";
  return file === null ? first : `${first} (${file}${line === null ? "" : `:${line}`})`;
}

function valuesPart({ before, after, comparison, selected, onSelect }: ComparisonProps): TemplateResult {
  const compared = { before, after, comparison, selected, onSelect };
  return html`<section class="compare-values panel" aria-label="Values of both versions" tabindex="0">
    ${selected === null ? nothing : html`<button class="link hint" @click=${() => onSelect(null)}>All outputs</button>`}
    ${valuesTemplate(compared)}
  </section>`;
}

const SIGNS: Record<ComparedFile["change"], string> = { added: "+ ", removed: "− ", changed: "~ ", same: "" };
const FILE_WORDS: Record<ComparedFile["change"], string> = {
  added: "added",
  removed: "removed",
  changed: "changed",
  same: "unchanged",
};

function codePart({ files, file, code, onFile, onGo }: ComparisonProps): TemplateResult {
  return html`<section class="compare-code" aria-label="Code of both versions">
    <div class="compare-files">
      <div class="tabs" role="group" aria-label="Files">
        ${files.map(
          ({ name, change }) =>
            html`<button
              aria-pressed=${name === file?.name ? "true" : "false"}
              title=${FILE_WORDS[change]}
              @click=${() => onFile(name)}
            >
              ${SIGNS[change]}${escapeInvisible(name)}
            </button>`,
        )}
      </div>
      ${
        file === null || file.change === "same"
          ? html`<span class="compare-hint">Identical on both sides.</span>`
          : html`<span class="compare-steps">
              <button class="quiet" aria-label="Previous change" title="Previous change (Shift + F7)" @click=${() => onGo("previous")}>↑</button>
              <button class="quiet" aria-label="Next change" title="Next change (F7)" @click=${() => onGo("next")}>↓</button>
            </span>`
      }
    </div>
    <div class="compare-texts">${code}</div>
  </section>`;
}
