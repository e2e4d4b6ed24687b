/** How the element's frame looks: two panes side by side, and one at a time where there is no room for both. */

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
    height: var(--height, 560px);
    display: grid;
    grid-template-rows: auto auto auto auto 1fr auto;
    grid-template-columns: minmax(0, 1fr);
    background: var(--bg);
    border: 1px solid var(--line);
    border-radius: 10px;
    overflow: hidden;
    position: relative;
  }
  .shell.full,
  .shell.frame {
    height: 100%;
    border: none;
    border-radius: 0;
  }
  header {
    grid-row: 1;
    display: flex;
    align-items: center;
    gap: 12px;
    min-height: 48px;
    padding: 6px 14px;
    border-bottom: 1px solid var(--line);
    background: var(--pane);
  }
  .brand {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    font-weight: 650;
    letter-spacing: 0.2px;
    color: var(--ink);
    text-decoration: none;
  }
  .wave path {
    fill: none;
    stroke: var(--accent);
    stroke-width: 2;
    stroke-linecap: round;
  }
  .title {
    color: var(--mute);
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .summary {
    flex: 1;
    text-align: right;
    color: var(--mute);
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
    font-variant-numeric: tabular-nums;
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
  .auto {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    color: var(--mute);
    white-space: nowrap;
    cursor: pointer;
  }
  .auto input {
    accent-color: var(--accent);
    margin: 0;
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 1px;
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
  .panes {
    grid-row: 5;
    display: grid;
    position: relative;
    grid-template-columns: var(--hw-code-share, 46%) minmax(0, 1fr);
    grid-template-rows: var(--hw-graph-share, 53%) minmax(0, 1fr);
    min-height: 0;
  }
  .splitter {
    position: absolute;
    z-index: 4;
    touch-action: none;
  }
  .splitter.code {
    inset: 0 auto 0 calc(var(--hw-code-share, 46%) - 5px);
    width: 9px;
    cursor: col-resize;
  }
  .splitter.graph {
    inset: calc(var(--hw-graph-share, 53%) - 4px) 0 auto var(--hw-code-share, 46%);
    height: 9px;
    cursor: row-resize;
  }
  .splitter:focus-visible {
    outline: none;
  }
  .splitter::after {
    content: "";
    position: absolute;
    inset: 3px;
    border-radius: 2px;
  }
  .splitter:hover::after,
  .splitter:active::after,
  .splitter:focus-visible::after {
    background: var(--accent);
  }
  section {
    min-width: 0;
    min-height: 0;
  }
  section.code {
    grid-row: 1 / 3;
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    background: var(--pane);
    border-right: 1px solid var(--line);
  }
  section.graph {
    position: relative;
    overflow: hidden;
  }
  section.output {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    background: var(--pane);
    border-top: 1px solid var(--line);
  }
  .editor,
  .panel {
    min-height: 0;
    overflow: auto;
  }
  .editor > .cm-editor {
    height: 100%;
  }
  .panel {
    padding: 12px 16px;
  }
  .tabs {
    display: flex;
    gap: 2px;
    padding: 0 8px;
    min-height: 38px;
    align-items: end;
    border-bottom: 1px solid var(--line);
    overflow-x: auto;
    scrollbar-width: none;
  }
  .tabs button {
    border: none;
    border-bottom: 2px solid transparent;
    border-radius: 0;
    background: none;
    padding: 7px 12px;
    color: var(--mute);
  }
  .tabs button:hover {
    color: var(--ink);
  }
  .tabs button[aria-pressed="true"] {
    color: var(--ink);
    border-bottom-color: var(--accent);
  }
  .tabs button.bad {
    color: var(--bad);
  }
  .count {
    font-variant-numeric: tabular-nums;
  }
  footer {
    grid-row: 6;
    display: flex;
    align-items: center;
    gap: 16px;
    min-height: 28px;
    padding: 2px 14px;
    border-top: 1px solid var(--line);
    background: var(--pane);
    color: var(--mute);
    font-size: 12px;
  }
  .runtime {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    white-space: nowrap;
  }
  progress {
    width: 90px;
    height: 6px;
    accent-color: var(--accent);
  }
  footer .problem {
    color: var(--bad);
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    text-decoration: none;
    font-size: 12px;
  }
  footer .problem span {
    text-decoration: underline;
  }
  .promise {
    flex: 1;
    text-align: right;
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .state-dot {
    width: 8px;
    height: 8px;
    border-radius: 50%;
    border: 1.5px solid var(--kept);
    display: inline-block;
  }
  .state-dot.done {
    background: var(--ran);
    border-color: var(--ran);
  }
  .state-dot.failed {
    background: var(--bad);
    border-color: var(--bad);
    border-radius: 1px;
  }
  .state-dot.overridden {
    background: var(--accent);
    border-color: var(--accent);
    border-radius: 0;
    transform: rotate(45deg) scale(0.85);
  }
  .state-dot.skipped {
    border-style: dotted;
  }
  .state-dot.running,
  .state-dot.queued {
    border-color: var(--accent);
    border-top-color: transparent;
  }
  .state-dot.idle,
  .state-dot.stale {
    border-color: var(--line-strong);
    border-style: dashed;
  }
  .shell[data-only] .panes {
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
  }
  .shell[data-only] .views,
  .shell[data-only] .splitter,
  .shell[data-only] .panes > section {
    display: none;
  }
  .shell[data-only] .panes > section {
    grid-row: 1;
    border: none;
  }
  .shell[data-only="code"] .panes > section.code,
  .shell[data-only="output"] .panes > section.output {
    display: grid;
  }
  .shell[data-only="graph"] .panes > section.graph {
    display: block;
  }
  @container (max-width: 920px) {
    .promise,
    .reset span {
      display: none;
    }
  }
  @container (max-width: 720px) {
    header {
      flex-wrap: wrap;
      gap: 8px;
    }
    .title {
      flex: 1 1 0;
      min-width: 0;
    }
    .full .title {
      display: none;
    }
    .summary {
      flex-basis: 100%;
      order: 9;
      text-align: left;
    }
    .auto {
      margin-left: auto;
    }
    .views {
      display: grid;
      grid-template-columns: repeat(3, 1fr);
      background: var(--pane);
      border-bottom: 1px solid var(--line);
    }
    .views button {
      border: none;
      border-bottom: 2px solid transparent;
      border-radius: 0;
      padding: 8px;
      color: var(--mute);
    }
    .views button[aria-pressed="true"] {
      color: var(--ink);
      border-bottom-color: var(--accent);
    }
    .panes {
      grid-template-columns: minmax(0, 1fr);
      grid-template-rows: minmax(0, 1fr);
    }
    .panes > section {
      display: none;
      grid-row: 1;
      border: none;
    }
    .splitter {
      display: none;
    }
    [data-view="code"] section.code,
    [data-view="output"] section.output {
      display: grid;
    }
    [data-view="graph"] section.graph {
      display: block;
    }
  }
  /* Buttons that nothing answers would hide two parts of three: without scripts they stand one below the other. */
  @media (scripting: none) {
    @container (max-width: 720px) {
      .views {
        display: none;
      }
      .panes {
        grid-template-rows: repeat(3, minmax(240px, 1fr));
        overflow: auto;
      }
      .panes > section {
        display: grid;
        grid-row: auto;
        border-bottom: 1px solid var(--line);
      }
    }
  }
  @container (max-width: 460px) {
    .brand span {
      display: none;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .state-dot.running {
      animation: turn 0.8s linear infinite;
    }
    @keyframes turn {
      to {
        transform: rotate(1turn);
      }
    }
  }
`;
