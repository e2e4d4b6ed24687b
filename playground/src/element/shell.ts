/** The element's shell: header, panes and footer. A pure function, used live and for prerendering. */

import { repeat } from "lit/directives/repeat.js";
import { html, nothing, type TemplateResult } from "lit/html.js";
import { renderCode } from "../inline-code.ts";
import { primaryKey } from "../primary-key.ts";
import type { ProblemView, Severity } from "../protocol.ts";
import { escapeInvisible } from "../special-characters.ts";
import type { Panel, View } from "../state/workspace.ts";
import { EDITED } from "./summary.ts";

export interface PanelTab {
  panel: Panel;
  label: string;
  /** A number next to the label. Absent if there is nothing to count. */
  count?: number;
  /** The highest severity of the counted problems. */
  severity?: Severity;
}

/** Where the element is shown: within a page of text, filling a window of this site, or in a frame on another site. */
export type ShellLayout = "embed" | "full" | "frame";

export interface ShellView {
  title: string;
  layout: ShellLayout;
  /** True if changes are saved as drafts. */
  keepsDrafts: boolean;
  /** The only visible part; null if all parts are visible. */
  only: View | null;
  isReadOnly: boolean;
  /** Names of the files, in the order of their tabs. */
  files: readonly string[];
  active: string;
  view: View;
  /** The result of the latest run: "3 of 12 nodes ran · 41 ms". */
  summary: string;
  running: boolean;
  /** True if the code or its settings changed since the latest run. */
  edited: boolean;
  trusted: boolean;
  autoRun: boolean;
  /** The state of Python: "Python and pandas ready". */
  status: string;
  /** Progress of Python's start, from 0 to 1; null if Python is not starting. */
  progress: number | null;
  /** The most important problem. */
  problem: ProblemView | null;
  canRestart: boolean;
  /** True if a failed start can be retried. */
  canRetry: boolean;
  notice: string | null;
  /** True if the notice does not report a problem. */
  calm: boolean;
  /** True if the action that the notice reports can be undone. */
  canUndo: boolean;
  panel: Panel;
  panelTabs: readonly PanelTab[];
  editor: unknown;
  /** Buttons that change the files; missing in the prerendered element. */
  fileTools?: unknown;
  graph: unknown;
  /** The splitters between the panes; missing in the prerendered element. */
  splitters?: unknown;
  panelContent: unknown;
  consent: unknown;
  dialog: unknown;
}

export interface ShellHandlers {
  onFile(file: string): void;
  onView(view: View): void;
  onRun(): void;
  onStop(): void;
  onReset(): void;
  onExamples(): void;
  onDrafts(): void;
  onUndo(): void;
  onShare(): void;
  onExport(): void;
  onAutoRun(on: boolean): void;
  onPanel(panel: Panel): void;
  onJump(file: string, line: number): void;
  onRetry(): void;
  onDismiss(): void;
}

const VIEWS: readonly [View, string][] = [
  ["code", "Code"],
  ["graph", "Graph"],
  ["output", "Output"],
];

export function layoutOf(attribute: string | null | undefined): ShellLayout {
  return attribute === "full" || attribute === "frame" ? attribute : "embed";
}

export function shellTemplate(view: ShellView, on: ShellHandlers): TemplateResult {
  return html`
    <div class="shell ${view.layout}" data-view=${view.view} data-panel=${view.panel} data-only=${view.only ?? nothing}>
      ${header(view, on)}
      <div class="consent-slot">${view.consent}</div>
      ${
        view.notice === null
          ? nothing
          : html`<div class=${view.calm ? "notice calm" : "notice"} role="status">
              <span>${renderCode(view.notice)}</span>
              ${view.canUndo ? html`<button class="link" @click=${on.onUndo}>Undo</button>` : nothing}
              <button class="quiet" aria-label="Dismiss" @click=${on.onDismiss}>✕</button>
            </div>`
      }
      <div class="views" role="toolbar" aria-label="Panes" data-roving="horizontal" data-roving-stop="pressed">
        ${VIEWS.map(
          ([name, label]) =>
            html`<button aria-pressed=${name === view.view ? "true" : "false"} @click=${() => on.onView(name)}>
              ${label}${name === "output" ? problemMark(view.problem) : nothing}
            </button>`,
        )}
      </div>
      <div class="panes">
        <section class="code" aria-label="Code">
          <div class="file-bar">
            <div class="tabs" role="toolbar" aria-label="Files" data-roving="horizontal" data-roving-stop="pressed">
              ${repeat(
                view.files,
                (file) => file,
                (file) =>
                  html`<button aria-pressed=${file === view.active ? "true" : "false"} @click=${() => on.onFile(file)}>
                    ${escapeInvisible(file)}
                  </button>`,
              )}
            </div>
            ${view.fileTools ?? nothing}
          </div>
          <div class="editor">${view.editor}</div>
        </section>
        ${view.splitters ?? nothing}
        <section class="graph" aria-label="Dataflow">${view.graph}</section>
        <section class="output" aria-label="Values">
          <div class="tabs" role="toolbar" aria-label="Panels" data-roving="horizontal" data-roving-stop="pressed">
            ${repeat(
              view.panelTabs,
              // Tabs have keys, so a tab under the pointer does not become another tab when tabs are added.
              ({ panel }) => panel,
              (tab) =>
                html`<button
                  class=${tab.severity === undefined ? "" : tab.severity === "error" ? "bad" : "doubtful"}
                  aria-pressed=${tab.panel === view.panel ? "true" : "false"}
                  @click=${() => on.onPanel(tab.panel)}
                >
                  ${tab.label}${tab.count === undefined ? nothing : html` <span class="count">${tab.count}</span>`}
                </button>`,
            )}
          </div>
          <div class="panel">${view.panelContent}</div>
        </section>
      </div>
      ${footer(view, on)} ${view.dialog}
      ${
        view.fileTools === undefined || view.isReadOnly
          ? nothing
          : html`<div class="drop-hint" aria-hidden="true"><span>Drop modules and data files here to add them</span></div>`
      }
    </div>
  `;
}

/** Render the summary in two parts, because "edited since" must stay readable on narrow screens. */
function summaryTemplate(summary: string): TemplateResult {
  const [text = "", since] = summary.split(EDITED);
  return html`<span class="ran">${text}</span>${since === undefined ? nothing : html`<span class="since">${EDITED}${since}</span>`}`;
}

function header(view: ShellView, on: ShellHandlers): TemplateResult {
  return html`
    <header>
      ${view.layout === "full" ? html`<a class="brand" href="../" aria-label="Headwater documentation">${wave()} <span>Headwater</span></a>` : nothing}
      <span class="title">${escapeInvisible(view.title)}</span>
      <span class="summary" role="status" aria-live="polite">${summaryTemplate(view.summary)}</span>
      <div class="toolbar" role="toolbar" aria-label="Run and share" data-roving="horizontal">
      <label class="auto" title="Run automatically after a pause in typing">
        <input
          type="checkbox"
          .checked=${view.autoRun}
          @change=${(event: Event) => on.onAutoRun((event.target as HTMLInputElement).checked)}
        />
        Auto-run
      </label>
      ${runButton(view, on)}
      ${
        view.keepsDrafts
          ? html`<button class="examples" @click=${on.onExamples} title="Open an example">Examples</button>`
          : nothing
      }
      <button @click=${on.onShare} title="Create a link to this code">Share</button>
      <button class="export" @click=${on.onExport} title="Export this dataflow as a project">Export</button>
      ${
        view.keepsDrafts
          ? html`<button class="drafts" @click=${on.onDrafts} title="Drafts saved in this browser">Drafts</button>`
          : view.isReadOnly
            ? nothing
            : html`<button class="reset" @click=${on.onReset} aria-label="Reset" title="Reset to the original code">
                ↺<span> Reset</span>
              </button>`
      }
      </div>
    </header>
  `;
}

/**
 * Each action has its own button, so that a click on Run does not stop a run that starts during the click. The focus moves from
 * one button to the other; see `keepFocus`.
 */
function runButton({ running, edited, trusted }: ShellView, on: ShellHandlers): TemplateResult {
  if (running)
    return html`<button class="stop" data-focus="run" @click=${on.onStop} title="Stop Python now">■ Stop</button>`;
  return html`<button
    class=${edited ? "go" : "go calm"}
    data-focus="run"
    @click=${on.onRun}
    ?disabled=${!trusted}
    title="Run (Ctrl or ⌘ + Enter)"
    aria-keyshortcuts="Control+Enter Meta+Enter"
  >
    ▶ Run <kbd aria-hidden="true">${primaryKey()}+Enter</kbd>
  </button>`;
}

function footer(view: ShellView, on: ShellHandlers): TemplateResult {
  const problem = view.problem;
  return html`
    <footer>
      <span class="runtime">
        ${
          view.progress === null
            ? nothing
            : html`<progress max="1" .value=${view.progress} aria-label="Python is starting"></progress>`
        }
        ${view.status} ${view.canRetry ? html`<button class="link" @click=${on.onRetry}>Retry</button>` : nothing}
        ${view.canRestart ? html`<button class="link" @click=${on.onStop} title="Restart Python. Your code is kept; computed values are lost.">Restart</button>` : nothing}
      </span>
      ${problem === null ? nothing : problemLine(problem, on)}
      <span class="promise">Runs in your browser. Your code and data are never uploaded.</span>
    </footer>
  `;
}

/** Needed where only one pane is shown at a time: the tab that counts the problems may be hidden. */
function problemMark(problem: ProblemView | null): TemplateResult | typeof nothing {
  if (problem === null) return nothing;
  return html`<span class="problem-mark ${problem.severity}" role="img" aria-label="with problems">!</span>`;
}

function problemLine(problem: ProblemView, on: ShellHandlers): TemplateResult {
  const { file, line } = problem;
  const mark = problem.severity === "error" ? "! " : "Warning: ";
  const text = html`${mark}${renderCode(firstLine(problem.message))}`;
  return file === null || line === null
    ? html`<span class="problem ${problem.severity}">${text}</span>`
    : html`<button class="problem link ${problem.severity}" @click=${() => on.onJump(file, line)}>${text} <span>${file}:${line}</span></button>`;
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}

function wave(): TemplateResult {
  return html`<svg class="wave" viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
    <path d="M2 6q4-3 8 0t8 0M2 10.5q4-3 8 0t8 0M2 15q4-3 8 0t8 0" />
  </svg>`;
}
