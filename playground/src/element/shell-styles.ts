/** Styles of the shell: its rows, notices and buttons. */

import { css } from "lit";

export const shellStyles = css`
  :host {
    display: block;
    font: 14px/1.45 var(--sans);
    color: var(--ink);
    container-type: inline-size;
    contain: layout style inline-size;
    --active-line: color-mix(in srgb, var(--accent-soft) 45%, transparent);
    --selection: color-mix(in srgb, var(--accent) 26%, transparent);
  }
  :host([hidden]) {
    display: none;
  }
  * {
    box-sizing: border-box;
  }
  .stage {
    height: 100%;
  }
  .shell {
    height: max(var(--height, 560px), var(--hw-least-height, 0px));
    display: grid;
    grid-template-rows: auto auto auto auto 1fr auto;
    grid-template-columns: minmax(0, 1fr);
    background: var(--bg);
    border: 1px solid var(--line);
    border-radius: 10px;
    overflow: hidden;
    overflow: clip; /* not even a script can scroll it */
    position: relative;
  }
  .shell.full,
  .shell.frame {
    height: 100%;
    border: none;
    border-radius: 0;
  }
  .consent-slot {
    grid-row: 2;
  }
  .notice {
    grid-row: 3;
    display: flex;
    align-items: center;
    gap: 12px;
    padding: 6px 14px;
    background: var(--warn-soft);
    color: var(--ink);
    border-bottom: 1px solid var(--line);
    white-space: pre-wrap;
  }
  .notice.calm {
    background: var(--pane);
    color: var(--mute);
  }
  .notice button[aria-label] {
    margin-left: auto;
  }
  .views {
    grid-row: 4;
    display: none;
  }
  button {
    font: inherit;
    color: var(--ink);
    background: var(--pane);
    border: 1px solid var(--line-strong);
    border-radius: 8px;
    padding: 4px 12px;
    cursor: pointer;
    white-space: nowrap;
  }
  button:hover {
    border-color: var(--accent);
  }
  button:disabled {
    opacity: 0.5;
    cursor: default;
  }
  button kbd {
    margin-left: 4px;
    padding: 0 4px;
    border: 1px solid color-mix(in srgb, currentcolor 45%, transparent);
    border-radius: 4px;
    font: 11px var(--mono);
  }
  @media not ((hover: hover) and (pointer: fine)) {
    button kbd {
      display: none;
    }
  }
  button.go {
    background: var(--accent);
    border-color: var(--accent);
    color: var(--on-accent);
    font-weight: 600;
  }
  button.go.calm {
    background: var(--accent-soft);
    border-color: var(--accent-soft);
    color: color-mix(in srgb, var(--accent) 85%, var(--ink));
  }
  button.stop {
    background: var(--bad-soft);
    border-color: var(--bad);
    color: var(--bad);
    font-weight: 600;
  }
  button.link {
    border: none;
    background: none;
    padding: 0;
    color: inherit;
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  button.quiet {
    border-color: transparent;
    background: none;
    padding: 2px 8px;
  }
  :is(a, button, input, select, summary) {
    scroll-margin-top: 60px; /* a page may have a fixed header, which must not cover the control with the focus */
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 1px;
  }
`;
