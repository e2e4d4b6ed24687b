/** The bar below a step: its status, and buttons for the check, hints and the solution. */

import { keyed } from "lit/directives/keyed.js";
import { html, nothing, type TemplateResult } from "lit/html.js";
import { primaryKey } from "../primary-key.ts";
import type { StepStatus } from "../progress/progress.ts";
import type { Action } from "./exercise.ts";

export interface Bar {
  status: StepStatus;
  hints: { shown: number; all: number };
  actions: readonly Action[];
  onCheck(): void;
  onHint(): void;
}

const STATUSES: Record<StepStatus, [mark: string, words: string]> = {
  open: ["○", "To do"],
  done: ["✓", "Done"],
  stale: ["↻", "Done, but this step has changed since"],
};

export function barTemplate({ status, hints, actions, onCheck, onHint }: Bar): TemplateResult {
  const [mark, words] = STATUSES[status];
  const { shown, all } = hints;
  return html`<div class="hw-step-bar" role="group" aria-label="This step">
    <span class="hw-step-status" data-status=${status}><span aria-hidden="true">${mark}</span> ${words}</span>
    <button
      class="md-button md-button--primary"
      title="Check (Ctrl or ⌘ + Shift + Enter)"
      aria-keyshortcuts="Control+Shift+Enter Meta+Shift+Enter"
      @click=${onCheck}
    >
      Check <kbd aria-hidden="true">${primaryKey()}+Shift+Enter</kbd>
    </button>
    ${
      all === 0
        ? nothing
        : html`<button class="md-button" aria-disabled=${shown === all ? "true" : nothing} @click=${onHint}>
            ${shown === all ? "No more hints" : `Hint ${shown + 1} of ${all}`}
          </button>`
    }
    ${actions.map(({ id, label, run }) => keyed(id, html`<button class="md-button" @click=${run}>${label}</button>`))}
  </div>`;
}

/** Return whether a key is Check's shortcut. */
export function isCheckKey({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return key === "Enter" && shiftKey && (ctrlKey || metaKey) && !altKey;
}
