/** The dialog for what is taken home. */

import { html, nothing, type TemplateResult } from "lit";
import { codeTemplate } from "../editor/highlight.ts";
import { renderCode } from "../inline-code.ts";
import type { DrawingFormat } from "./export-target.ts";
import type { Archive } from "./test-archive.ts";

export type Copied = "copied" | "refused" | null;

export type ExportDialogState =
  | { kind: "project"; trusted: boolean; busy: boolean; refusal: string | null; done: ExportedProject | null }
  | { kind: "drawing"; busy: DrawingFormat | null; refusal: string | null; text: ExportedText | null; copied: Copied }
  | {
      kind: "test" | "script";
      node: string;
      busy: boolean;
      refusal: string | null;
      text: ExportedText | null;
      copied: Copied;
    };

/** A text to copy or to save, under a name that the page chose. */
export interface ExportedText {
  name: string;
  text: string;
  notes: readonly string[];
  /** What is saved instead of the text alone, where it takes more files. */
  archive: Archive | null;
}

export interface ExportedProject {
  name: string;
  notes: readonly string[];
  /** What pip fetches from its registry. */
  packages: readonly string[];
  /** False where the code is too large for a link. */
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
      return "Take this dataflow home";
    case "drawing":
      return "Save the drawing";
    case "test":
      return html`A test of <span class="mono">${shown.node}</span>`;
    case "script":
      return html`The way to <span class="mono">${shown.node}</span>, as a script`;
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
      A zip of a project that runs with plain Python: the modules and data, <code>run.py</code>, tests of the values of this
      run, <code>pyproject.toml</code> with the versions that run here, and a README with the link back.
    </p>
    <div class="choices">
      <button class="go" ?disabled=${shown.busy || !shown.trusted} @click=${on.onProject}>Download the project</button>
    </div>
    ${statusTemplate(
      shown.busy
        ? "The dataflow is run a second time, so that the tests hold only what comes out the same…"
        : (shown.refusal ?? (shown.done === null ? null : savedText(shown.done))),
      shown.refusal !== null,
    )}
    ${notesTemplate(shown.done?.notes ?? [])}
  `;
}

function savedText({ name, packages, linked }: ExportedProject): string {
  const link = linked ? "" : " Its README has no link: the code is too large for one.";
  const fetched = ["pytest", ...packages].join(", ");
  return `${name} is saved.${link} Its README says how to run it; pip would install Headwater from this site, and ${fetched}.`;
}

// --- the drawing --------------------------------------------------------------------------------------------------------

const FORMATS: readonly [DrawingFormat, string, string][] = [
  ["svg", "SVG", "as it looks here; sharp at any size"],
  ["png", "PNG", "as it looks here; for where no SVG goes"],
  ["dot", "DOT", "text for Graphviz"],
  ["mermaid", "Mermaid", "text that GitHub and many wikis draw"],
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
      shown.busy === "dot" || shown.busy === "mermaid" ? "Python writes it as soon as it is there…" : shown.refusal,
      shown.refusal !== null,
    )}
    ${shown.text === null ? nothing : fileTemplate(shown.text, shown.copied, on)}
  `;
}

// --- a text -------------------------------------------------------------------------------------------------------------

function textTemplate(
  shown: Extract<ExportDialogState, { kind: "test" | "script" }>,
  on: ExportHandlers,
): TemplateResult {
  const waiting = shown.busy ? "Python runs what it takes and writes it…" : null;
  return html`${statusTemplate(waiting ?? shown.refusal, shown.refusal !== null)}
  ${shown.text === null ? nothing : fileTemplate(shown.text, shown.copied, on)}`;
}

function fileTemplate(saved: ExportedText, copied: Copied, on: ExportHandlers): TemplateResult {
  const { name, text, notes, archive } = saved;
  const file = archive === null ? name : `${archive.name}.zip`;
  return html`
    <div class="exported">${name.endsWith(".py") ? codeTemplate(text.trimEnd()) : html`<pre class="text" tabindex="0" aria-label="Text">${text}</pre>`}</div>
    ${notesTemplate(notes)}
    <div class="choices">
      <button class="go" @click=${() => on.onCopy(text)}>${copied === "copied" ? "Copied" : "Copy"}</button>
      <button @click=${() => on.onSave(saved)}>Download ${file}</button>
      <span class="meta" role="status"
        >${copied === "refused" ? "The browser did not let the page copy. Select the text and copy it by hand." : nothing}</span
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
