/** The result of a check: a message, the criteria, why the step matters, and where to go next. */

import { html, nothing, type TemplateResult } from "lit/html.js";
import { renderCode } from "../inline-code.ts";
import type { CheckView, CriterionView } from "../protocol.ts";
import { goToStep } from "./go-to-step.ts";
import type { LessonTask } from "./task.ts";

export interface ResultProps {
  /** The result of the check. If the check could not run, the message gives the reason. */
  view: CheckView;
  /** Whether the learner has edited the code since the check. */
  isOutdated: boolean;
  matters: string;
  next: LessonTask["next"];
  /** Null if there is no code to open. */
  onOpen: (() => void) | null;
}

/** A check in progress. While Python loads, `waitingFor` describes the progress. */
export interface Checking {
  waitingFor: string | null;
}

export function resultTemplate(result: ResultProps | Checking | null): TemplateResult {
  const isOver = result !== null && "view" in result;
  return html`<div class="hw-step-outcome" data-passed=${isOver ? result.view.passed : nothing} ?data-outdated=${isOver && result.isOutdated}>
    ${isOver && result.isOutdated ? html`<p class="hw-step-outdated">Edited since this check.</p>` : nothing}
    <div class="hw-step-result" role="status" data-passed=${isOver ? result.view.passed : nothing}>${
      result === null ? nothing : isOver ? messageTemplate(result) : checkingTemplate(result)
    }</div>
    ${isOver ? html`${criteriaTemplate(result.view)} ${result.view.passed ? afterwardsTemplate(result) : nothing}` : nothing}
  </div>`;
}

/** A screen reader announces once that Python is loading, not every progress update. */
function checkingTemplate({ waitingFor }: Checking): TemplateResult {
  return html`Checking…${
    waitingFor === null
      ? nothing
      : html`<span class="hw-unseen"> Python is loading.</span><span aria-hidden="true"> ${waitingFor}</span>`
  }`;
}

function messageTemplate({ view, matters }: ResultProps): unknown {
  const { passed, message, criteria } = view;
  const met = criteria.filter((criterion) => criterion.passed).length;
  const count = passed || criteria.length === 0 ? "" : `${met} of ${criteria.length} criteria met. `;
  const text = blocksOf(passed ? message || "Correct." : message).map(blockTemplate);
  return html`${count}${text}${passed && matters !== "" ? html`<span class="hw-step-matters">${renderCode(matters)}</span>` : nothing}`;
}

/** Text, or a list if there are items. */
type Block = { text: string } | { items: string[] };

const ITEM = /^- /;

/** Split a message into text and lists. The items of a list are adjacent lines that begin with "- ". */
function blocksOf(message: string): Block[] {
  const blocks: Block[] = [];
  for (const line of message.split("\n")) {
    const last = blocks.at(-1);
    if (ITEM.test(line)) {
      const item = line.replace(ITEM, "");
      if (last !== undefined && "items" in last) last.items.push(item);
      else blocks.push({ items: [item] });
    } else if (last !== undefined && "text" in last) last.text += `\n${line}`;
    else blocks.push({ text: line });
  }
  return blocks;
}

function blockTemplate(block: Block): unknown {
  if ("text" in block) return renderCode(block.text);
  return html`<ul>${block.items.map((item) => html`<li>${renderCode(item)}</li>`)}</ul>`;
}

/** The mark and the label for each outcome of a criterion, in the order in which the list shows them. */
const OUTCOMES: [passed: CriterionView["passed"], mark: string, words: TemplateResult][] = [
  [false, "✕", html`<span class="hw-unseen">Not met: </span>`],
  [null, "?", html`Not checked: `],
  [true, "✓", html`<span class="hw-unseen">Met: </span>`],
];

function criteriaTemplate({ criteria }: CheckView): TemplateResult | typeof nothing {
  if (criteria.length === 0) return nothing;
  return html`<ul class="hw-step-criteria" aria-label="Criteria">
    ${OUTCOMES.map(([outcome, mark, words]) =>
      criteria
        .filter(({ passed }) => passed === outcome)
        .map(
          ({ text }) =>
            html`<li data-passed=${outcome}><span class="mark" aria-hidden="true">${mark}</span> <span>${words}${renderCode(text)}</span></li>`,
        ),
    )}
  </ul>`;
}

function afterwardsTemplate({ next, onOpen }: ResultProps): TemplateResult {
  return html`<p class="hw-step-next">
    ${next === null ? html`<a class="md-button md-button--primary" href="../">All lessons</a>` : nextTemplate(next)}
    ${onOpen === null ? nothing : html`<button class="md-button" @click=${onOpen}>Open in the playground</button>`}
  </p>`;
}

function nextTemplate({ title, url }: NonNullable<LessonTask["next"]>): TemplateResult {
  return url.startsWith("#")
    ? html`<button class="md-button md-button--primary" @click=${() => goToStep(url.slice(1))}>Next step: ${title}</button>`
    : html`<a class="md-button md-button--primary" href=${url}>Next lesson: ${title}</a>`;
}
