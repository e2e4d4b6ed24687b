/** Python's colours: classes for CodeMirror and for code that was drawn when the site was built, and their styles. */

import { highlightCode, tagHighlighter, tags } from "@lezer/highlight";
import { parser } from "@lezer/python";
import { css, html, type TemplateResult } from "lit";

/** Which class each kind of token carries, in the live editor as in drawn code. */
export const tokenClasses = tagHighlighter([
  {
    tag: [tags.keyword, tags.controlKeyword, tags.definitionKeyword, tags.moduleKeyword, tags.operatorKeyword],
    class: "tok-keyword",
  },
  { tag: [tags.bool, tags.null, tags.self], class: "tok-keyword" },
  { tag: [tags.string, tags.special(tags.string)], class: "tok-string" },
  { tag: tags.number, class: "tok-number" },
  { tag: [tags.comment, tags.lineComment], class: "tok-comment" },
  { tag: [tags.function(tags.definition(tags.variableName)), tags.definition(tags.className)], class: "tok-function" },
  { tag: tags.meta, class: "tok-decorator" },
]);

export const highlightStyles = css`
  .tok-keyword {
    color: var(--code-keyword);
  }
  .tok-string {
    color: var(--code-string);
  }
  .tok-number,
  .tok-decorator {
    color: var(--code-number);
  }
  .tok-comment {
    color: var(--mute);
    font-style: italic;
  }
  .tok-function {
    color: var(--code-function);
    font-weight: 600;
  }
  .drawn-code {
    margin: 0;
    padding: 8px 0;
    font: 13px/21px var(--mono);
    tab-size: 4;
    counter-reset: line;
  }
  .drawn-code .line {
    display: block;
    min-height: 21px;
    padding: 0 12px 0 58px;
    position: relative;
    white-space: pre;
  }
  .drawn-code .line::before {
    counter-increment: line;
    content: counter(line);
    position: absolute;
    left: 0;
    width: 32px;
    text-align: right;
    color: var(--kept);
    font-size: 11px;
  }
`;

interface Token {
  text: string;
  classes: string;
}

/** Code as it looks in the editor, line by line and at the same places. */
export function highlighted(code: string): TemplateResult {
  const lines = linesOf(code);
  return html`<pre class="drawn-code" tabindex="0" aria-label="Code">${lines.map(
    (line) => html`<span class="line">${line.map(tokenTemplate)}</span>`,
  )}</pre>`;
}

/** The tokens of each line; text between tokens has no class. */
export function linesOf(code: string): Token[][] {
  const lines: Token[][] = [[]];
  const put = (text: string, classes: string): void => {
    lines.at(-1)?.push({ text, classes });
  };
  highlightCode(code, parser.parse(code), tokenClasses, put, () => lines.push([]));
  return lines;
}

function tokenTemplate({ text, classes }: Token): TemplateResult | string {
  return classes === "" ? text : html`<span class=${classes}>${text}</span>`;
}
