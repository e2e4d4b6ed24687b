/** Styles for the graph. States differ by shape, border or weight, not only by color. */

import { css } from "lit";

export const graphStyles = css`
  .graph-pane {
    position: relative;
    width: 100%;
    height: 100%;
    min-height: 0;
    overflow: hidden;
    background: var(--bg);
    color: var(--ink);
  }
  .graph-view {
    position: absolute;
    inset: 0;
    overflow: hidden;
    touch-action: pan-x pan-y;
    user-select: none;
    -webkit-user-select: none;
  }
  /* In a narrow pane the drawing starts below the tools. */
  section.graph {
    container: graph / inline-size;
  }
  @container graph (max-width: 560px) {
    .graph-view {
      top: 42px;
    }
    .graph-tools .selector {
      flex: 1;
    }
    .selector.selector input {
      width: 100%;
    }
  }
  .graph-view[data-moved] {
    touch-action: none;
    cursor: grab;
  }
  /* One finger scrolls the page up and down, and pans the graph sideways. */
  .graph-view[data-cropped] {
    touch-action: pan-y;
  }
  .graph-view[data-moved]:active {
    cursor: grabbing;
  }
  .graph {
    position: absolute;
    inset: 0;
    margin: auto;
    width: 100%;
    height: 100%;
    overflow: visible;
  }
  .graph.moving {
    will-change: transform;
  }
  .graph-empty {
    margin: 0;
    padding: 52px 24px 24px;
    color: var(--mute);
    text-align: center;
  }

  .frame rect {
    fill: var(--frame);
    stroke: var(--line);
    stroke-width: 1;
  }
  .frame text {
    font: 600 11px var(--mono);
    fill: var(--mute);
  }

  .edge .line {
    fill: none;
    stroke: var(--line-strong);
    stroke-width: 1.4;
  }
  .edge .head {
    fill: var(--line-strong);
  }
  .edge.optional .line {
    stroke-dasharray: 5 4;
  }
  .edge.calm {
    opacity: 0.6;
  }
  .edge.unread {
    opacity: 0.35;
  }
  .edge.lit .line {
    stroke: var(--accent);
    stroke-width: 1.9;
  }
  .edge.lit .head {
    fill: var(--accent);
  }

  .node {
    cursor: pointer;
    outline: none;
    color: var(--reused);
  }
  .node .box {
    fill: var(--pane);
    stroke: var(--line-strong);
    stroke-width: 1.3;
  }
  .node .name {
    font: 600 12px var(--mono);
    fill: var(--ink);
  }
  .node .type {
    font: 10px var(--mono);
    fill: var(--mute);
  }
  .node .printed {
    fill: none;
    stroke: var(--mute);
    stroke-width: 1.2;
    stroke-linejoin: round;
  }
  .node .badge rect {
    fill: var(--pane);
    stroke: var(--line-strong);
    stroke-width: 1;
  }
  .node .badge text {
    font: 10px var(--mono);
    fill: var(--ink);
  }
  .node .progress path {
    fill: none;
    stroke: var(--ran);
    stroke-width: 2.5;
    stroke-linecap: round;
  }
  .node .progress .track {
    stroke: var(--line-strong);
  }
  .node.input .box,
  .node.config .box,
  .node.overridden .box {
    stroke-dasharray: 4 3;
  }
  .node.overridden {
    color: var(--accent);
  }
  .node.overridden .box {
    stroke: var(--accent);
  }
  .node.output .box {
    stroke-width: 2.6;
  }
  .node.succeeded,
  .node.running {
    color: var(--ran);
  }
  .node.succeeded .box,
  .node.running .box {
    stroke: var(--ran);
  }
  .node .pick rect {
    fill: var(--pane);
    stroke: var(--mute);
    stroke-width: 1.2;
  }
  .node .pick text {
    font: 600 10px var(--mono);
    fill: var(--ink);
  }
  .node .pick:is(.is-picked, .is-right) rect {
    fill: var(--accent);
    stroke: var(--accent);
  }
  .node .pick:is(.is-picked, .is-right) text {
    fill: var(--pane);
  }
  .node .pick.is-missed rect {
    stroke: var(--warn);
    stroke-dasharray: 3 2;
  }
  .node .pick.is-missed text {
    fill: var(--warn);
  }
  .node .pick.is-wrong rect {
    fill: var(--bad-soft);
    stroke: var(--bad);
  }
  .node .pick.is-wrong text {
    fill: var(--bad);
  }
  .node:is(.pick-picked, .pick-right) .box {
    fill: var(--accent-soft);
    stroke: var(--accent);
    stroke-width: 2.6;
  }
  .node.pick-missed .box {
    stroke: var(--warn);
    stroke-dasharray: 5 3;
    stroke-width: 2;
  }
  .node.pick-wrong .box {
    stroke: var(--bad);
    stroke-width: 2;
  }
  .node.calm .box {
    stroke: var(--line-strong);
  }
  .node.calm .name,
  .node.skipped .name {
    fill: var(--mute);
  }
  .node.skipped .box {
    fill: var(--bg);
    stroke: var(--line);
  }
  .node.waiting,
  .node.doubtful {
    color: var(--warn);
  }
  .node.waiting .box {
    stroke-dasharray: 5 3;
  }
  .node.waiting .box,
  .node.doubtful .box {
    stroke: var(--warn);
  }
  .node.failed {
    color: var(--bad);
  }
  .node.failed .box {
    fill: var(--bad-soft);
    stroke: var(--bad);
  }
  .node.selected .box {
    fill: var(--accent-soft);
    stroke: var(--accent);
    stroke-width: 2.6;
  }
  .node.selected.failed .box {
    fill: var(--bad-soft);
    stroke: var(--bad);
  }
  .node.group .name {
    font-weight: 700;
  }
  .node .box.behind {
    stroke-width: 1.3;
    opacity: 0.55;
  }
  .node.dim,
  .edge.dim {
    opacity: 0.22;
  }
  .item.dim .item-button {
    opacity: 0.45;
  }
  .node:hover .box {
    stroke: var(--accent);
  }
  .node:focus-visible .box {
    stroke: var(--accent);
    stroke-width: 3;
    filter: drop-shadow(0 0 3px var(--accent));
  }

  .graph-tools {
    position: absolute;
    top: 10px;
    right: 12px;
    left: 12px;
    display: flex;
    justify-content: flex-end;
    align-items: flex-start;
    gap: 6px;
    pointer-events: none;
  }
  .graph-tools > *,
  .graph-tools > .toolbar > * {
    pointer-events: auto;
  }
  .selector {
    position: relative;
    flex: 0 1 auto;
    min-width: 0;
    z-index: 1;
  }
  .selector input {
    width: 76px;
    max-width: 100%;
    font: 12px/1.5 var(--mono);
    padding: 3px 9px;
    border: 1px solid var(--line);
    border-radius: 7px;
    background: var(--pane);
    color: var(--ink);
  }
  .selector input::placeholder {
    font-family: var(--sans);
    color: var(--mute);
    opacity: 1;
  }
  .selector input:hover,
  .selector input:not(:placeholder-shown) {
    border-color: var(--line-strong);
  }
  .selector:focus-within input,
  .selector input:not(:placeholder-shown) {
    width: 280px;
  }
  .selector input[aria-invalid="true"] {
    border-color: var(--warn);
  }
  .selector ul {
    position: absolute;
    top: 100%;
    left: 0;
    right: 0;
    margin: 3px 0 0;
    padding: 4px;
    list-style: none;
    border: 1px solid var(--line-strong);
    border-radius: 8px;
    background: var(--pane);
    box-shadow: 0 6px 18px rgb(0 0 0 / 0.12);
    font: 12px/1.5 var(--mono);
  }
  .selector ul[hidden],
  .selector-actions[hidden] {
    display: none;
  }
  .selector li {
    padding: 3px 7px;
    border-radius: 5px;
    cursor: pointer;
    overflow-wrap: anywhere;
  }
  .selector li:hover,
  .selector li[aria-selected="true"] {
    background: var(--accent-soft);
  }
  .selector-status {
    display: grid;
    gap: 5px;
    width: 280px;
    max-width: 100%;
    margin-top: 4px;
    padding: 5px 9px;
    border: 1px solid var(--line);
    border-radius: 7px;
    background: var(--pane);
    color: var(--mute);
    font: 12px/1.5 var(--sans);
  }
  .selector-status > [role="status"] {
    display: grid;
  }
  .selector-problem {
    color: var(--warn);
    overflow-wrap: anywhere;
  }
  .selector-actions {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .graph-tools button {
    font: 12px/1.5 var(--sans);
    padding: 3px 9px;
    border: 1px solid var(--line);
    border-radius: 7px;
    background: var(--pane);
    color: var(--mute);
    cursor: pointer;
  }
  .graph-tools button:hover,
  .graph-tools button[aria-pressed="true"] {
    color: var(--ink);
    border-color: var(--line-strong);
  }
  .graph-tools button[aria-pressed="true"] {
    background: var(--accent-soft);
  }
  .graph-tools button:focus-visible,
  .item-button:focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 1px;
  }

  /* Below the tools, so that the list does not show through between them. */
  .graph-scroll {
    position: absolute;
    inset: 40px 0 0;
    overflow: auto;
    padding: 4px 12px 12px;
  }
  .graph-note {
    position: absolute;
    right: 12px;
    bottom: 10px;
    max-width: min(440px, calc(100% - 24px));
    box-sizing: border-box;
    margin: 0;
    padding: 6px 11px;
    border: 1px solid var(--line-strong);
    border-radius: 8px;
    background: var(--pane);
    color: var(--ink);
    font-size: 12.5px;
    pointer-events: none;
  }
  .graph-note:empty {
    display: none;
  }
  .graph-trouble {
    margin: 0 0 10px;
    padding: 8px 12px;
    border-radius: 8px;
    background: var(--warn-soft);
    color: var(--warn);
    font-size: 12.5px;
  }
  .graph-list {
    list-style: none;
    margin: 0;
    padding: 0;
    display: grid;
    gap: 2px;
  }
  .item-button {
    width: 100%;
    display: grid;
    grid-template-columns: 14px minmax(0, 1fr) auto;
    gap: 1px 10px;
    align-items: center;
    padding: 6px 10px;
    border: 1px solid transparent;
    border-radius: 8px;
    background: none;
    color: var(--ink);
    font: 12px/1.45 var(--mono);
    text-align: left;
    cursor: pointer;
  }
  .item .graph-list {
    margin-left: 14px;
    padding-left: 6px;
    border-left: 1px solid var(--line);
  }
  .item-group {
    position: relative;
  }
  .item-group .item-name::before {
    content: "▾ ";
  }
  .item-group[aria-expanded="false"] .item-name::before {
    content: "▸ ";
  }
  .item-button:hover {
    border-color: var(--line-strong);
  }
  .item-button[aria-pressed="true"] {
    background: var(--accent-soft);
    border-color: var(--accent);
  }
  .item .mark {
    color: var(--reused);
  }
  .item.succeeded .mark,
  .item.running .mark {
    color: var(--ran);
  }
  .item.overridden .mark,
  .item.overridden .item-state {
    color: var(--accent);
  }
  .item.waiting .mark,
  .item.waiting .item-state {
    color: var(--warn);
  }
  .item.failed .mark,
  .item.failed .item-state {
    color: var(--bad);
  }
  .item-name {
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .item-state {
    color: var(--mute);
    font-family: var(--sans);
  }
  .item-type,
  .item-needs,
  .item-problem {
    grid-column: 2 / -1;
    color: var(--mute);
    font-size: 11px;
    overflow-wrap: anywhere;
  }
  .item-state {
    grid-column: 3;
    grid-row: 1;
    font-variant-numeric: tabular-nums;
  }
  .item-share {
    grid-column: 2 / -1;
    width: 100%;
    height: 2px;
    fill: var(--ran);
  }
  .item-problem {
    color: var(--bad);
  }
  .item-problem.warning {
    color: var(--warn);
  }

  @media (prefers-reduced-motion: no-preference) {
    .graph.smooth {
      transition: transform 160ms ease-out;
    }
    .turning {
      transform-box: fill-box;
      transform-origin: center;
      animation: turning 0.9s linear infinite;
    }
  }
  @keyframes turning {
    to {
      transform: rotate(1turn);
    }
  }
`;
