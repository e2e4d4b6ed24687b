/** Messages in which names and code stand between backticks. */

import { html, type TemplateResult } from "lit";
import { escapeInvisible } from "./special-characters.ts";

const CODE = /`([^`\n]+)`/;

/** The text with what stands between backticks as code. Nothing in it is markup. */
export function renderCode(message: string): (string | TemplateResult)[] {
  return partsOf(message).map(({ text, isCode }) =>
    isCode ? html`<code>${escapeInvisible(text)}</code>` : escapeInvisible(text),
  );
}

/** The same as nodes, where no template is rendered. */
export function codeNodes(message: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const { text, isCode } of partsOf(message)) {
    const node = document.createElement(isCode ? "code" : "span");
    node.textContent = escapeInvisible(text);
    fragment.append(node);
  }
  return fragment;
}

/** The text alone, for what is spoken or cannot show code. */
export function withoutBackticks(message: string): string {
  return partsOf(message)
    .map(({ text }) => text)
    .join("");
}

function partsOf(message: string): { text: string; isCode: boolean }[] {
  return message
    .split(CODE)
    .map((text, at) => ({ text, isCode: at % 2 === 1 }))
    .filter(({ text }) => text !== "");
}
