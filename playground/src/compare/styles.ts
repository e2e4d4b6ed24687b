/** Styles for the comparison view. Differences are marked by signs and strokes, not only by color. */

import { css } from "lit";

export const compareStyles = css`
  dialog.compare {
    width: calc(100vw - 24px);
    height: calc(100vh - 24px);
    height: calc(100dvh - 24px);
    max-width: none;
    max-height: none;
    padding: 0;
    background: var(--bg);
    overflow: hidden;
  }
  .comparison {
    height: 100%;
    display: flex;
    flex-direction: column;
    container-type: inline-size;
  }
  .compare-head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 16px;
    padding: 8px 14px;
    background: var(--pane);
    border-bottom: 1px solid var(--line);
  }
  .compare-head h2 {
    margin: 0;
    font-size: 15px;
  }
  .compare-head .compare-sides {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 18px;
    margin: 0;
    color: var(--ink);
  }
  .which {
    color: var(--mute);
    font-size: 12px;
  }
  .compare-counts {
    color: var(--mute);
    flex: 1;
  }
  .compare-tools {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  dialog .compare-trouble {
    margin: 0;
    padding: 5px 14px;
    color: var(--bad);
    background: var(--bad-soft);
    border-bottom: 1px solid var(--line);
    font-size: 12.5px;
  }
  .compare-tabs {
    display: none;
  }
  .compare-parts {
    flex: 1;
    min-height: 0;
    display: grid;
    grid-template: minmax(0, 1fr) minmax(0, 1.1fr) / minmax(0, 1fr) minmax(0, 1fr);
  }
  .compare-graph {
    position: relative;
    border-right: 1px solid var(--line);
  }
  .compare-values {
    background: var(--pane);
  }
  .compare-code {
    grid-column: 1 / -1;
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    background: var(--pane);
    border-top: 1px solid var(--line);
  }
  .compare-files {
    display: flex;
    align-items: center;
    border-bottom: 1px solid var(--line);
  }
  .compare-files .tabs {
    flex: 1;
    min-width: 0;
    border-bottom: none;
  }
  .compare-files .tabs button {
    flex: none;
  }
  .compare-hint,
  .compare-steps {
    padding: 0 12px;
    color: var(--mute);
    font-size: 12.5px;
    white-space: nowrap;
  }
  .compare-texts {
    overflow: auto;
  }

  .pair + .pair {
    margin-top: 14px;
  }
  .panel .pair h3 {
    margin: 0 0 4px;
    font-size: 14px;
    font-weight: 600;
    color: var(--ink);
  }
  .pair .verdict {
    margin-left: 8px;
    font-size: 12.5px;
    font-weight: 500;
    color: var(--mute);
  }
  .pair-sides {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    gap: 14px;
  }
  .pair-side {
    min-width: 0;
    padding-left: 10px;
    border-left: 3px dotted var(--line-strong);
  }
  .pair-side.after {
    border-left-style: solid;
  }
  dialog .pair-side p {
    margin: 0 0 4px;
  }
  .pair-side .table-scroll,
  .pair-side pre.text {
    max-height: 220px;
  }

  .node.is-same,
  .node.is-same .name {
    color: var(--reused);
    fill: var(--mute);
  }
  .node.is-added,
  .node.is-changed {
    color: var(--accent);
  }
  .node.is-added .box {
    stroke: var(--accent);
    stroke-width: 2.6;
  }
  .node.is-changed .box {
    stroke: var(--accent);
    fill: var(--accent-soft);
  }
  .node.is-affected {
    color: var(--warn);
  }
  .node.is-affected .box {
    stroke: var(--warn);
  }
  .node.is-removed {
    color: var(--bad);
  }
  .node.is-removed .box {
    stroke: var(--bad);
    stroke-dasharray: 2 3;
    fill: var(--bg);
  }
  .node.is-removed .name {
    text-decoration: line-through;
  }
  .edge.is-added .line {
    stroke: var(--accent);
    stroke-width: 2.4;
  }
  .edge.is-added .head {
    fill: var(--accent);
  }
  .edge.is-removed .line {
    stroke: var(--bad);
    stroke-dasharray: 2 3;
  }
  .edge.is-removed .head {
    fill: var(--bad);
  }
  .item.is-added .mark,
  .item.is-changed .mark {
    color: var(--accent);
  }
  .item.is-removed .mark {
    color: var(--bad);
  }
  .item.is-affected .mark {
    color: var(--warn);
  }

  .code-diff,
  .code-diff > .cm-editor,
  .code-diff .cm-mergeView,
  .code-diff .cm-mergeViewEditors {
    min-height: 100%;
  }
  .code-diff .cm-mergeViewEditor {
    min-width: 0;
  }
  .code-diff .cm-mergeViewEditor + .cm-mergeViewEditor {
    border-left: 1px solid var(--line);
  }
  .code-diff .cm-changeGutter {
    width: 12px;
    padding: 0;
  }
  .code-diff .cm-editor .cm-gutters .cm-gutter .cm-changedLineGutter,
  .code-diff .cm-editor .cm-gutters .cm-gutter .cm-deletedLineGutter {
    background: none;
    font: 700 12px/21px var(--mono);
    text-align: center;
  }
  .code-diff .cm-changedLineGutter::before {
    content: "+";
    color: var(--accent);
  }
  .code-diff .cm-merge-a .cm-changedLineGutter::before,
  .code-diff .cm-deletedLineGutter::before {
    content: "−";
    color: var(--bad);
  }
  .code-diff .cm-line.cm-changedLine,
  .code-diff .cm-line.cm-inlineChangedLine {
    background: var(--accent-soft);
  }
  .code-diff .cm-merge-a .cm-line.cm-changedLine,
  .code-diff .cm-deletedChunk {
    background: var(--bad-soft);
  }
  /* A stroke, because a second tint over the tint of the line would make the letters hard to read. */
  .code-diff .cm-editor .cm-changedText {
    background: none;
    box-shadow: inset 0 -2px 0 var(--accent);
    text-decoration: none;
  }
  .code-diff .cm-merge-a .cm-changedText,
  .code-diff .cm-deletedChunk .cm-deletedText {
    background: none;
    box-shadow: inset 0 -2px 0 var(--bad);
    text-decoration: none;
  }
  .code-diff .cm-editor .cm-content .cm-collapsedLines {
    background: var(--bg);
    color: var(--mute);
    padding: 3px 12px;
    font: 12px/1.5 var(--sans);
  }
  .code-diff .cm-editor .cm-content .cm-collapsedLines::before,
  .code-diff .cm-editor .cm-content .cm-collapsedLines::after {
    content: "⋯";
  }

  .choices {
    list-style: none;
    margin: 4px -8px 10px;
    padding: 0;
    max-height: min(40vh, 320px);
    overflow-y: auto;
  }
  .choices li {
    display: flex;
  }
  dialog .refusal {
    color: var(--bad);
  }
  dialog .refusal:empty {
    display: none;
  }

  @container (max-width: 860px) {
    .compare-tabs {
      display: grid;
      grid-template-columns: repeat(3, 1fr);
      background: var(--pane);
      border-bottom: 1px solid var(--line);
    }
    .compare-tabs button {
      border: none;
      border-bottom: 2px solid transparent;
      border-radius: 0;
      padding: 8px;
      color: var(--mute);
    }
    .compare-tabs button[aria-pressed="true"] {
      color: var(--ink);
      border-bottom-color: var(--accent);
    }
    .compare-counts {
      flex-basis: 100%;
      order: 9;
    }
    .compare-tools {
      margin-left: auto;
    }
    .compare-parts {
      grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    }
    .compare-parts > section {
      display: none;
      border: none;
    }
    .comparison[data-part="graph"] .compare-graph,
    .comparison[data-part="values"] .compare-values {
      display: block;
    }
    .comparison[data-part="code"] .compare-code {
      display: grid;
    }
  }
  @container (max-width: 520px) {
    .pair-sides {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
