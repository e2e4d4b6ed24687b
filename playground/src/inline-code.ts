/** Messages with names and code in backticks. */

import { html, type TemplateResult } from "lit/html.js";
import { escapeInvisible } from "./special-characters.ts";

const CODE = /`([^`\n]+)`/;

/** Render a message, with text in backticks as code. Markup in the message is shown as text. */
export function renderCode(message: string): (string | TemplateResult)[] {
  return partsOf(message).map(({ text, isCode }) =>
    isCode ? html`<code>${escapeInvisible(text)}</code>` : escapeInvisible(text),
  );
}

/** Render a message like `renderCode`, but return DOM nodes, for code that does not use templates. */
export function codeNodes(message: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const { text, isCode } of partsOf(message)) {
    const node = document.createElement(isCode ? "code" : "span");
    node.textContent = escapeInvisible(text);
    fragment.append(node);
  }
  return fragment;
}

/** Return the text without backticks, for screen readers and plain text. */
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
