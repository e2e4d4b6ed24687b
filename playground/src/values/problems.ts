/** The list of problems: the engine's message, the source location, and the user's frames of a traceback. */

import { html, nothing, type TemplateResult } from "lit/html.js";
import { renderCode } from "../inline-code.ts";
import type { FrameView, ProblemView } from "../protocol.ts";
import { escapeInvisible } from "../special-characters.ts";
import { counted } from "./counted.ts";
import { type FieldHandlers, fieldLinksTemplate } from "./field-links.ts";
import { firstItems, remainderTemplate } from "./long-list.ts";

export interface ProblemHandlers extends FieldHandlers {
  onJump(file: string, line: number): void;
  /** Render an action that the page offers for a problem. */
  offer?(problem: ProblemView): TemplateResult | typeof nothing;
  /** Return the URL of a page in the error catalog. */
  docsUrl?(page: string): string;
}

/**
 * Render problems, errors first.
 *
 * @param emptyText the text to show if there are no problems
 */
export function problemsTemplate(
  problems: readonly ProblemView[],
  on: ProblemHandlers,
  emptyText = "No problems.",
): TemplateResult {
  if (problems.length === 0) return html`<p class="empty">${emptyText}</p>`;
  return html`<ul class="problems">
    ${firstItems(errorsFirst(problems)).map((problem) => html`<li class=${problem.severity}>${problemTemplate(problem, on)}</li>`)}
  </ul>
  ${remainderTemplate(problems, "Fix these problems to see the rest.")}`;
}

function errorsFirst(problems: readonly ProblemView[]): ProblemView[] {
  const isError = ({ severity }: ProblemView): boolean => severity === "error";
  return [...problems.filter(isError), ...problems.filter((problem) => !isError(problem))];
}

function problemTemplate(problem: ProblemView, on: ProblemHandlers): TemplateResult {
  const { file, line } = problem;
  return html`
    <p class="head">
      <strong>${problem.kind}</strong>
      ${problem.node === null ? nothing : html` in <code>${escapeInvisible(problem.node)}</code>`}
      ${file === null || line === null ? nothing : locationButton(file, line, on)}
    </p>
    ${messageTemplate(problem.message)} ${fieldLinksTemplate(problem.fields ?? [], on)} ${on.offer?.(problem) ?? nothing} ${docsTemplate(problem, on)}
    ${problem.frames.length === 0 ? nothing : html`<ol class="frames">${problem.frames.map((frame) => frameTemplate(frame, on))}</ol>`}
  `;
}

/** Render a link to the docs page about the problem. The page opens in a new tab, because the visitor may be editing. */
function docsTemplate({ docs }: ProblemView, on: ProblemHandlers): TemplateResult | typeof nothing {
  if (docs === undefined || on.docsUrl === undefined) return nothing;
  return html`<a class="docs" href=${on.docsUrl(docs)} target="_blank" rel="noopener">What this means</a>`;
}

/** Render a message: the first line states the problem; aligned paths and locations follow. */
function messageTemplate(message: string): TemplateResult {
  const [first = "", ...rest] = message.split("\n");
  return html`<p class="message">${renderCode(first)}</p>
    ${rest.length === 0 ? nothing : html`<p class="message mono">${renderCode(rest.join("\n"))}</p>`}`;
}

function frameTemplate(frame: FrameView, on: ProblemHandlers): TemplateResult {
  return html`<li>${locationButton(frame.file, frame.line, on)} in <code>${escapeInvisible(frame.function)}</code> <code class="source">${escapeInvisible(frame.code)}</code></li>${repetitionTemplate(frame)}`;
}

function repetitionTemplate({ repeated, times }: FrameView): TemplateResult | typeof nothing {
  if (repeated === undefined || times === undefined) return nothing;
  const lines = repeated === 1 ? "line" : counted(repeated, "line");
  return html`<li class="repetition">… the same ${lines} repeated ${counted(times, "more time")}</li>`;
}

function locationButton(file: string, line: number, on: ProblemHandlers): TemplateResult {
  return html`<button class="location" @click=${() => on.onJump(file, line)}>${file}:${line}</button>`;
}
