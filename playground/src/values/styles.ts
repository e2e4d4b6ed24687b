/** Styles of values, problems and printed output. */

import { css } from "lit";

export const outputStyles = css`
  .panel h2 {
    font-size: 15px;
    margin: 0 0 2px;
  }
  .panel h3 {
    font-size: 12px;
    font-weight: 500;
    color: var(--mute);
    margin: 10px 0 2px;
  }
  .panel section.value + section.value {
    margin-top: 18px;
  }
  .mono,
  button.name {
    font-family: var(--mono);
  }
  button.name {
    border: none;
    background: none;
    padding: 0;
    font-weight: 600;
  }
  button.name:hover {
    color: var(--accent);
    text-decoration: underline;
  }
  .meta {
    color: var(--mute);
    font-size: 12.5px;
    margin: 0 0 8px;
  }
  .empty {
    color: var(--mute);
    margin: 4px 0;
  }
  .stale {
    opacity: 0.6;
  }
  .stale-note {
    margin: 2px 0;
  }
  .scalar {
    margin: 4px 0;
  }
  .scalar output {
    font: 600 20px/1.4 var(--mono);
    overflow-wrap: anywhere;
  }
  .scalar .type {
    color: var(--mute);
    font-size: 12.5px;
    margin-left: 6px;
  }
  pre.text {
    font: 12.5px/1.5 var(--mono);
    margin: 0;
    padding: 8px 10px;
    background: var(--bg);
    border: 1px solid var(--line);
    border-radius: 8px;
    overflow: auto;
    max-height: 340px;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .picture {
    max-width: 100%;
    background: #fff;
    border-radius: 8px;
  }
  .table-scroll {
    overflow: auto;
    max-height: 340px;
    max-width: max-content;
  }
  button.more {
    margin-top: 6px;
    font-size: 12.5px;
    color: var(--accent);
  }
  .inputs-panel {
    display: flex;
    flex-wrap: wrap;
    gap: 14px 40px;
  }
  .inputs-panel section {
    display: grid;
    grid-template-columns: auto minmax(0, 16ch) auto;
    align-content: start;
    column-gap: 12px;
  }
  .inputs-panel section > * {
    grid-column: 1 / -1;
  }
  .field {
    display: grid;
    grid-template-columns: subgrid;
    align-items: center;
    min-height: 32px;
    font-size: 12.5px;
  }
  .field.output {
    display: flex;
    gap: 10px;
    cursor: pointer;
  }
  .field.has-value label {
    font-weight: 600;
    color: var(--accent);
  }
  .field input[type="checkbox"] {
    accent-color: var(--accent);
    margin: 0;
    justify-self: start;
  }
  .field input[type="text"],
  .field input[type="date"],
  .field input[type="datetime-local"],
  .field textarea,
  .field select {
    font: 12.5px/1.4 var(--mono);
    color: var(--ink);
    background: var(--bg);
    border: 1px solid var(--line-strong);
    border-radius: 6px;
    padding: 2px 8px;
    min-width: 0;
    width: 100%;
  }
  .field textarea {
    field-sizing: content;
    max-height: 12lh;
    resize: vertical;
  }
  .override summary {
    cursor: pointer;
    color: var(--mute);
    font-size: 12.5px;
  }
  .override .field {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 8px;
    margin-top: 4px;
  }
  .override .field label {
    position: absolute;
    clip-path: inset(50%);
    width: 1px;
    overflow: hidden;
  }
  .table-field {
    display: grid;
    gap: 4px;
    min-width: 0;
  }
  .field-problem {
    grid-column: 1 / -1;
    margin: 0 0 4px;
    color: var(--bad);
    overflow-wrap: anywhere;
  }
  .field.invalid :is(input, textarea, select),
  .field :invalid {
    border-color: var(--bad);
  }
  .field-links {
    margin: 4px 0 0;
  }
  .measurement {
    white-space: nowrap;
  }
  .hint {
    color: var(--mute);
    font-size: 12px;
    justify-self: start;
  }
  .pager {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 16px;
    margin: 0 0 8px;
    font-size: 12.5px;
    color: var(--mute);
  }
  .pager .steps {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    font-variant-numeric: tabular-nums;
  }
  .pager button {
    padding: 0 9px;
    line-height: 22px;
  }
  .pager button[aria-disabled="true"] {
    opacity: 0.45;
    cursor: default;
    border-color: var(--line);
  }
  .pager[aria-busy="true"] [role="status"] {
    opacity: 0.6;
  }
  .pager input {
    width: 8ch;
    font: inherit;
    font-variant-numeric: tabular-nums;
    color: var(--ink);
    background: var(--bg);
    border: 1px solid var(--line-strong);
    border-radius: 6px;
    padding: 1px 6px;
    margin-left: 4px;
  }
  table {
    border-collapse: separate;
    border-spacing: 0;
    font: 12.5px/1.45 var(--mono);
    font-variant-numeric: tabular-nums;
  }
  td,
  th {
    padding: 3px 14px 3px 0;
    border-bottom: 1px solid var(--line);
    text-align: left;
    white-space: nowrap;
    font-weight: 400;
  }
  td.number,
  th.number {
    text-align: right;
  }
  thead th {
    position: sticky;
    top: 0;
    background: var(--pane);
    color: var(--ink);
    font-weight: 600;
    vertical-align: bottom;
  }
  tbody th {
    color: var(--mute);
  }
  .dtype {
    display: block;
    color: var(--mute);
    font-size: 11px;
    font-weight: 400;
  }
  .sparkline {
    max-width: 520px;
    margin: 0 0 8px;
  }
  .sparkline svg {
    display: block;
    width: 100%;
    height: 56px;
  }
  .sparkline figcaption {
    color: var(--mute);
    font-size: 12px;
  }
  .sparkline polyline {
    fill: none;
    stroke: var(--accent);
    stroke-width: 1.4;
  }
  .inspector {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(140px, 220px);
    gap: 18px;
  }
  .inspector dl {
    margin: 0;
  }
  dt {
    color: var(--mute);
    font-size: 12px;
  }
  dd {
    margin: 0 0 8px;
  }
  .chip {
    display: inline-block;
    border: 1px solid var(--line-strong);
    border-radius: 999px;
    padding: 0 9px;
    margin: 2px 4px 2px 0;
    font-size: 12px;
    max-width: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    vertical-align: top;
  }
  .problems {
    list-style: none;
    margin: 0;
    padding: 0;
    display: grid;
    gap: 10px;
  }
  .problems > li {
    border-left: 3px solid var(--bad);
    padding: 2px 0 2px 12px;
  }
  .problems > li.warning {
    border-left-color: var(--warn);
  }
  .problems .head {
    margin: 0;
  }
  .problems .error .head strong {
    color: var(--bad);
  }
  .problems .warning .head strong {
    color: var(--warn);
  }
  .problems code {
    font-family: var(--mono);
    font-size: 12.5px;
  }
  .problems .message {
    margin: 2px 0;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .problems .message.mono {
    font-size: 12.5px;
    color: var(--mute);
  }
  .problems .docs {
    font-size: 12.5px;
    color: var(--accent);
    text-underline-offset: 2px;
  }
  .frames {
    margin: 4px 0 0;
    padding: 0;
    list-style: none;
    font-size: 12.5px;
    color: var(--mute);
  }
  .frames .source {
    display: block;
    color: var(--ink);
    padding: 2px 0 2px 14px;
    white-space: pre-wrap;
  }
  button.location {
    border: none;
    background: none;
    padding: 0;
    font-family: var(--mono);
    font-size: 12.5px;
    color: var(--accent);
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  @container panel (max-width: 480px) {
    .inspector {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
