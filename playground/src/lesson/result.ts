/** The result of a check: a message, the criteria, why the step matters, and where to go next. */

import { html, nothing, type TemplateResult } from "lit";
import { renderCode } from "../inline-code.ts";
import type { CheckView } from "../protocol.ts";

/** The place after a step. */
export interface NextPlace {
  label: string;
  /** Null for a place on this page. */
  href: string | null;
}

export interface ResultProps {
  /** The reason why the check could not run is also a message. */
  view: CheckView;
  matters: string;
  next: NextPlace | null;
  onNext(): void;
  /** Null if there is no code to open. */
  onOpen: (() => void) | null;
}

export function resultTemplate(result: ResultProps | "checking" | null): TemplateResult {
  const isOver = result !== null && result !== "checking";
  return html`<div class="hw-step-outcome" data-passed=${isOver ? result.view.passed : nothing}>
    <p class="hw-step-result" role="status" data-passed=${isOver ? result.view.passed : nothing}>${
      result === null ? nothing : result === "checking" ? "Checking…" : messageTemplate(result)
    }</p>
    ${isOver ? html`${criteriaTemplate(result.view)} ${result.view.passed ? afterwardsTemplate(result) : nothing}` : nothing}
  </div>`;
}

function messageTemplate({ view, matters }: ResultProps): unknown {
  const { passed, message, criteria } = view;
  const met = criteria.filter((criterion) => criterion.passed).length;
  const count = passed || criteria.length === 0 ? "" : `${met} of ${criteria.length} criteria met. `;
  const text = renderCode(passed ? message || "Correct." : message);
  return html`${count}${text}${passed && matters !== "" ? html`<span class="hw-step-matters">${renderCode(matters)}</span>` : nothing}`;
}

/** The criteria that are not met come first. */
function criteriaTemplate({ criteria }: CheckView): TemplateResult | typeof nothing {
  if (criteria.length === 0) return nothing;
  const sorted = [...criteria.filter(({ passed }) => !passed), ...criteria.filter(({ passed }) => passed)];
  return html`<ul class="hw-step-criteria" aria-label="Criteria">
    ${sorted.map(
      ({ text, passed }) =>
        html`<li data-passed=${passed}>
          <span class="mark" aria-hidden="true">${passed ? "✓" : "✕"}</span>
          <span><span class="hw-unseen">${passed ? "Met: " : "Not met: "}</span>${renderCode(text)}</span>
        </li>`,
    )}
  </ul>`;
}

function afterwardsTemplate({ next, onNext, onOpen }: ResultProps): TemplateResult {
  return html`<p class="hw-step-next">
    ${
      next === null
        ? nothing
        : next.href === null
          ? html`<button class="md-button md-button--primary" @click=${onNext}>${next.label}</button>`
          : html`<a class="md-button md-button--primary" href=${next.href}>${next.label}</a>`
    }
    ${onOpen === null ? nothing : html`<button class="md-button" @click=${onOpen}>Open in the playground</button>`}
  </p>`;
}
