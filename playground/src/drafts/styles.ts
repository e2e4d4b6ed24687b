/** Styles for the Drafts dialog. */

import { css } from "lit";

export const draftsStyles = css`
  .current {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: 8px;
    padding: 0 0 12px;
    border-bottom: 1px solid var(--line);
  }
  .current > :first-child {
    flex: 1 1 220px;
    min-width: 0;
  }
  .current label {
    font-size: 12px;
    color: var(--mute);
  }
  .current input {
    display: block;
    width: 100%;
    font: inherit;
    font-size: 14px;
    color: var(--ink);
    background: var(--bg);
    border: 1px solid var(--line-strong);
    border-radius: 8px;
    padding: 5px 8px;
  }
  dialog.drafts ul {
    list-style: none;
    margin: 8px -8px;
    padding: 0;
    max-height: min(40vh, 320px);
    overflow-y: auto;
  }
  dialog.drafts li {
    display: flex;
    align-items: center;
    gap: 4px;
  }
  button.draft {
    flex: 1;
    min-width: 0;
    display: flex;
    justify-content: space-between;
    gap: 12px;
    border-color: transparent;
    background: none;
    padding: 6px 8px;
    text-align: left;
  }
  button.draft:hover {
    background: var(--accent-soft);
    border-color: transparent;
  }
  button.draft[aria-current="true"] .name {
    font-weight: 650;
  }
  .draft .name {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .draft .when {
    color: var(--mute);
    font-size: 12px;
    align-self: center;
  }
  dialog.drafts .none,
  dialog.drafts .refusal {
    margin: 12px 0;
  }
`;
