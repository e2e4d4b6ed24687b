/** Styles of the header and the footer. */

import { css } from "lit";

export const edgeStyles = css`
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
    display: flex;
    justify-content: flex-end;
    color: var(--mute);
    overflow: hidden;
    font-variant-numeric: tabular-nums;
  }
  .summary > span {
    white-space: pre;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .summary > .since {
    flex: none;
    max-width: 100%;
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
  footer .problem.warning {
    color: var(--warn);
  }
  footer .problem code {
    font-family: var(--mono);
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
`;
