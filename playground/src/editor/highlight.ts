/** Python's colours and the labels of invisible characters: classes for CodeMirror and for code that was drawn when the site was built. */

import { highlightCode, tagHighlighter, tags } from "@lezer/highlight";
import { parser } from "@lezer/python";
import { html, type TemplateResult } from "lit";
import { segmentsOf, type TextSegment } from "../special-characters.ts";

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

interface Token {
  text: string;
  classes: string;
}

/**
 * Code as it looks in the editor, line by line and at the same places.
 *
 * @param showsWholeLines whether each line is shown to its end, wrapped, and long gaps in it as labels
 * @param colored how many lines get colors
 */
export function codeTemplate(
  code: string,
  showsWholeLines = false,
  colored = Number.POSITIVE_INFINITY,
): TemplateResult {
  const lines = linesOf(code, colored);
  const classes = showsWholeLines ? "drawn-code whole-lines" : "drawn-code";
  return html`<pre class=${classes} tabindex="0" aria-label="Code">${lines.map(
    (line) => html`<span class="line">${line.map((token) => tokenTemplate(token, showsWholeLines))}</span>`,
  )}</pre>`;
}

/** The tokens of each line, as far as lines are to be colored; text between tokens, and every later line, has no class. */
export function linesOf(code: string, colored = Number.POSITIVE_INFINITY): Token[][] {
  const lines: Token[][] = [[]];
  const put = (text: string, classes: string): void => {
    lines.at(-1)?.push({ text, classes });
  };
  const texts = code.split(/\r\n?|\n/); // Python ends a line at each of these
  const text = texts.slice(0, colored).join("\n");
  highlightCode(text, parser.parse(text), tokenClasses, put, () => lines.push([]));
  return [...lines, ...texts.slice(colored).map((line) => [{ text: line, classes: "" }])];
}

function tokenTemplate({ text, classes }: Token, showsGaps: boolean): TemplateResult | Shown[] {
  const shown = segmentsOf(text, showsGaps).map(segmentTemplate);
  return classes === "" ? shown : html`<span class=${classes}>${shown}</span>`;
}

type Shown = TemplateResult | string;

function segmentTemplate(segment: TextSegment): Shown {
  switch (segment.kind) {
    case "plain":
      return segment.text;
    case "leftward":
      return html`<span class="leftward">${segment.text}</span>`;
    case "special":
    case "gap":
      return html`<span class="special-character" role="img" title=${segment.description} aria-label=${segment.description}>${segment.label}</span>`;
  }
}
