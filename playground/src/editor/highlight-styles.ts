/** Styles of code in the live editor and in prerendered code. */

import { css } from "lit";

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
  .special-character {
    padding: 0 3px;
    border: 1px solid var(--bad);
    border-radius: 4px;
    background: var(--bad-soft);
    color: var(--bad);
    font: 600 11px/15px var(--mono);
    white-space: nowrap;
  }
  .unbroken {
    white-space: nowrap;
  }
  .leftward {
    direction: rtl;
    unicode-bidi: isolate;
  }
  .drawn-code.whole-lines .line {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
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
    padding: 0 12px 0 56px;
    position: relative;
    white-space: pre;
  }
  .drawn-code .line::before {
    counter-increment: line;
    content: counter(line);
    position: absolute;
    left: 0;
    width: 30px;
    text-align: right;
    color: var(--reused);
    font-size: 11px;
  }
`;
