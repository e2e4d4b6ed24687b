/** Syntax highlighting and labels of invisible characters, for CodeMirror and for prerendered code. */

import { highlightCode, tagHighlighter, tags } from "@lezer/highlight";
import { parser } from "@lezer/python";
import { html, type TemplateResult } from "lit/html.js";
import { segmentsOf, type TextSegment } from "../special-characters.ts";

/** The class of each kind of token, in the live editor and in prerendered code. */
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

interface HighlightedText {
  text: string;
  classes: string;
}

/**
 * Render code as it looks in the editor, line by line.
 *
 * @param showsWholeLines whether lines are wrapped and long gaps become labels
 * @param colored the number of lines to highlight
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

/** Return the tokens of each line. Text between tokens, and all lines after the first `colored` lines, have no class. */
export function linesOf(code: string, colored = Number.POSITIVE_INFINITY): HighlightedText[][] {
  const lines: HighlightedText[][] = [[]];
  const put = (text: string, classes: string): void => {
    lines.at(-1)?.push({ text, classes });
  };
  const texts = code.split(/\r\n?|\n/); // all line endings that Python accepts
  const text = texts.slice(0, colored).join("\n");
  highlightCode(text, parser.parse(text), tokenClasses, put, () => lines.push([]));
  return [...lines, ...texts.slice(colored).map((line) => [{ text: line, classes: "" }])];
}

function tokenTemplate({ text, classes }: HighlightedText, showsGaps: boolean): TemplateResult | Rendered[] {
  const shown = segmentsOf(text, showsGaps).map(segmentTemplate);
  return classes === "" ? shown : html`<span class=${classes}>${shown}</span>`;
}

type Rendered = TemplateResult | string;

function segmentTemplate(segment: TextSegment): Rendered {
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
