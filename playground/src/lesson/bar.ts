/** The bar below a step's editor: its status, actions, and the result of the check. */

import { html, nothing, type TemplateResult } from "lit";
import { renderCode } from "../inline-code.ts";
import type { StepStatus } from "./progress.ts";

export interface Bar {
  status: StepStatus;
  /** The result of the check, or the reason why it could not run; "checking" while it runs. */
  result: { passed: boolean; message: string } | "checking" | null;
  hints: { shown: number; all: number };
  /** True while the editor shows the solution instead of the visitor's code. */
  showsSolution: boolean;
  onCheck(): void;
  onHint(): void;
  onCompare(): void;
  /** Swap the visitor's code and the solution. */
  onSwap(): void;
}

const STATUSES: Record<StepStatus, [mark: string, words: string]> = {
  open: ["○", "To do"],
  done: ["✓", "Done"],
  stale: ["↻", "Done, but this step has changed since"],
};

export function barTemplate(bar: Bar): TemplateResult {
  const [mark, words] = STATUSES[bar.status];
  const { shown, all } = bar.hints;
  return html`<span class="hw-step-status"><span aria-hidden="true">${mark}</span> ${words}</span>
    <button class="md-button md-button--primary" @click=${bar.onCheck}>Check</button>
    ${
      all === 0
        ? nothing
        : html`<button class="md-button" ?disabled=${shown === all} @click=${bar.onHint}>
            ${shown === all ? "No more hints" : `Hint ${shown + 1} of ${all}`}
          </button>`
    }
    <button class="md-button" @click=${bar.onCompare}>Compare with the solution</button>
    <button class="md-button" @click=${bar.onSwap}>${bar.showsSolution ? "Back to my code" : "Use the solution"}</button>
    <p class="hw-step-result" role="status" data-passed=${isPassed(bar)}>${resultTemplate(bar)}</p>`;
}

function isPassed({ result }: Bar): boolean | typeof nothing {
  return result === null || result === "checking" ? nothing : result.passed;
}

function resultTemplate({ result }: Bar): (string | TemplateResult)[] {
  if (result === null) return [];
  if (result === "checking") return ["Checking…"];
  return renderCode(result.passed ? result.message || "Correct." : result.message);
}
