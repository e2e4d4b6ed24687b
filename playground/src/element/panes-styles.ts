/** Layout of the code, graph and values panes, and styles for tabs. */

import { css } from "lit";

export const panesStyles = css`
  .panes {
    /* In a narrow element, the graph and its buttons need 360 pixels. */
    --code-share: var(--hw-code-share, min(60%, 100% - 360px));
    grid-row: 5;
    display: grid;
    position: relative;
    grid-template-columns: var(--code-share) minmax(0, 1fr);
    grid-template-rows: var(--hw-graph-share, 53%) minmax(0, 1fr);
    min-height: 0;
  }
  .splitter {
    position: absolute;
    z-index: 4;
    touch-action: none;
  }
  .splitter.code {
    inset: 0 auto 0 calc(var(--code-share) - 5px);
    width: 9px;
    cursor: col-resize;
  }
  .splitter.graph {
    inset: calc(var(--hw-graph-share, 53%) - 4px) auto auto var(--code-share);
    width: calc(100% - var(--code-share)); /* explicit, because Chromium may keep a width from another layout */
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
  .toolbar {
    display: contents;
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
    container: panel / inline-size;
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
    scroll-padding-inline: 40px; /* the faded ends of the row */
    scrollbar-width: none;
  }
  /* A row fades out on the side of its hidden tabs, and an arrow points to them. */
  @supports (animation-timeline: scroll()) {
    .tabs {
      /* No shorthand: the minifier would add the timeline to it, and browsers do not support that. */
      animation-name: more-tabs;
      animation-timing-function: linear;
      animation-fill-mode: both;
      animation-timeline: scroll(self inline);
    }
    .tabs::before,
    .tabs::after {
      position: sticky;
      z-index: 1;
      flex: none;
      align-self: center;
      width: 14px;
      background: var(--pane);
      color: var(--ink);
      font-weight: 700;
      text-align: center;
      pointer-events: none;
      opacity: 0;
      animation-timing-function: linear;
      animation-fill-mode: both;
      animation-timeline: scroll(nearest inline);
    }
    .tabs::before {
      content: "‹" / "";
      left: -8px;
      margin-right: -16px; /* includes the gap */
      animation-name: tabs-before;
    }
    .tabs::after {
      content: "›" / "";
      right: -8px;
      margin-left: -16px;
      animation-name: tabs-after;
    }
  }
  @keyframes tabs-before {
    from {
      opacity: 0;
    }
    1%,
    to {
      opacity: 1;
    }
  }
  @keyframes tabs-after {
    from,
    99% {
      opacity: 1;
    }
    to {
      opacity: 0;
    }
  }
  @keyframes more-tabs {
    from {
      mask-image: linear-gradient(to left, black 14px, transparent 14px, black 40px);
    }
    1%,
    99% {
      mask-image: linear-gradient(
        to right,
        black 14px,
        transparent 14px,
        black 40px calc(100% - 40px),
        transparent calc(100% - 14px),
        black calc(100% - 14px)
      );
    }
    to {
      mask-image: linear-gradient(to right, black 14px, transparent 14px, black 40px);
    }
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
  .tabs button.doubtful {
    color: var(--warn);
  }
  .count {
    font-variant-numeric: tabular-nums;
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
`;
