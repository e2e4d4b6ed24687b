/** The template of the Export dialog. */

import { html, nothing, type TemplateResult } from "lit/html.js";
import { codeTemplate } from "../editor/highlight.ts";
import { renderCode } from "../inline-code.ts";
import { joinNames } from "../join-names.ts";
import type { DrawingFormat } from "./export-target.ts";
import type { Archive } from "./test-archive.ts";

export type CopyStatus = "copied" | "refused" | null;

export type ExportDialogState =
  | { kind: "project"; trusted: boolean; busy: boolean; refusal: string | null; done: ExportedProject | null }
  | {
      kind: "drawing";
      busy: DrawingFormat | null;
      refusal: string | null;
      text: ExportedText | null;
      copied: CopyStatus;
    }
  | {
      kind: "test" | "script";
      node: string;
      busy: boolean;
      refusal: string | null;
      text: ExportedText | null;
      copied: CopyStatus;
    };

/** Text to copy or save, under a name that the page chose. */
export interface ExportedText {
  name: string;
  text: string;
  notes: readonly string[];
  /** The archive to save instead of the text, if the text needs more files. */
  archive: Archive | null;
}

export interface ExportedProject {
  name: string;
  notes: readonly string[];
  /** The packages that pip fetches from the package index. */
  packages: readonly string[];
  /** False if the code is too large for a link. */
  linked: boolean;
}

export interface ExportHandlers {
  onProject(): void;
  onDrawing(format: DrawingFormat): void;
  onCopy(text: string): void;
  onSave(saved: ExportedText): void;
  onClose(): void;
}

export function exportDialogTemplate(shown: ExportDialogState, on: ExportHandlers): TemplateResult {
  return html`
    <dialog class="export" aria-labelledby="export-title" @close=${on.onClose}>
      <h2 id="export-title">${titleOf(shown)}</h2>
      ${contentOf(shown, on)}
      <form method="dialog"><button>Close</button></form>
    </dialog>
  `;
}

function titleOf(shown: ExportDialogState): TemplateResult | string {
  switch (shown.kind) {
    case "project":
      return "Export this dataflow";
    case "drawing":
      return "Save the graph";
    case "test":
      return html`Test for <span class="mono">${shown.node}</span>`;
    case "script":
      return html`Script that computes <span class="mono">${shown.node}</span>`;
  }
}

function contentOf(shown: ExportDialogState, on: ExportHandlers): TemplateResult {
  switch (shown.kind) {
    case "project":
      return projectTemplate(shown, on);
    case "drawing":
      return drawingTemplate(shown, on);
    default:
      return textTemplate(shown, on);
  }
}

// --- the project --------------------------------------------------------------------------------------------------------

function projectTemplate(shown: Extract<ExportDialogState, { kind: "project" }>, on: ExportHandlers): TemplateResult {
  return html`
    <p>
      A zip file with a standalone Python project: your modules and data, <code>run.py</code>, tests that check the current values,
      a <code>pyproject.toml</code> with the package versions used here, and a README with a link to this dataflow.
    </p>
    <div class="choices">
      <button class="go" ?disabled=${shown.busy || !shown.trusted} @click=${on.onProject}>Download the project</button>
    </div>
    ${statusTemplate(
      shown.busy
        ? "Running the dataflow again. The tests include only values that do not change between runs…"
        : (shown.refusal ?? (shown.done === null ? null : savedText(shown.done))),
      shown.refusal !== null,
    )}
    ${notesTemplate(shown.done?.notes ?? [])}
  `;
}

function savedText({ name, packages, linked }: ExportedProject): string {
  const link = linked ? "" : " Its README contains no link, because the code is too large for one.";
  const others = joinNames(["pytest", ...packages]);
  return `${name} has been saved.${link} Its README explains how to run it. pip installs Headwater from this site, and the other packages from a package index: ${others}.`;
}

// --- the drawing --------------------------------------------------------------------------------------------------------

const FORMATS: readonly [DrawingFormat, string, string][] = [
  ["svg", "SVG", "as shown here, sharp at any size"],
  ["png", "PNG", "as shown here, for software without SVG support"],
  ["dot", "DOT", "text for Graphviz"],
  ["mermaid", "Mermaid", "text that GitHub and many wikis render"],
];

function drawingTemplate(shown: Extract<ExportDialogState, { kind: "drawing" }>, on: ExportHandlers): TemplateResult {
  return html`
    <ul class="formats">
      ${FORMATS.map(
        ([format, label, what]) => html`<li>
          <button ?disabled=${shown.busy !== null} @click=${() => on.onDrawing(format)}>${label}</button>
          <span class="meta">${what}</span>
        </li>`,
      )}
    </ul>
    ${statusTemplate(
      shown.busy === "dot" || shown.busy === "mermaid" ? "Waiting for Python…" : shown.refusal,
      shown.refusal !== null,
    )}
    ${shown.text === null ? nothing : fileTemplate(shown.text, shown.copied, on)}
  `;
}

// --- text ---------------------------------------------------------------------------------------------------------------

function textTemplate(
  shown: Extract<ExportDialogState, { kind: "test" | "script" }>,
  on: ExportHandlers,
): TemplateResult {
  const waiting = shown.busy ? "Running the nodes that this export needs…" : null;
  return html`${statusTemplate(waiting ?? shown.refusal, shown.refusal !== null)}
  ${shown.text === null ? nothing : fileTemplate(shown.text, shown.copied, on)}`;
}

function fileTemplate(saved: ExportedText, copied: CopyStatus, on: ExportHandlers): TemplateResult {
  const { name, text, notes, archive } = saved;
  const file = archive === null ? name : `${archive.name}.zip`;
  return html`
    <div class="exported">${name.endsWith(".py") ? codeTemplate(text.trimEnd()) : html`<pre class="text" tabindex="0" aria-label="Text">${text}</pre>`}</div>
    ${notesTemplate(notes)}
    <div class="choices">
      <button class="go" @click=${() => on.onCopy(text)}>${copied === "copied" ? "Copied" : "Copy"}</button>
      <button @click=${() => on.onSave(saved)}>Download ${file}</button>
      <span class="meta" role="status"
        >${copied === "refused" ? "The browser blocked copying. Select the text and copy it yourself." : nothing}</span
      >
    </div>
  `;
}

function statusTemplate(text: string | null, refused: boolean): TemplateResult {
  return html`<p class="export-status ${refused ? "refused" : ""}" role="status">${text === null ? nothing : renderCode(text)}</p>`;
}

function notesTemplate(notes: readonly string[]): TemplateResult | typeof nothing {
  if (notes.length === 0) return nothing;
  return html`<ul class="notes">${notes.map((note) => html`<li>${renderCode(note)}</li>`)}</ul>`;
}
