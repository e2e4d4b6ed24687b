/** The styles for dialogs and the consent bar. */

import { css } from "lit";

export const shareStyles = css`
  .consent {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 14px;
    padding: 8px 14px;
    background: var(--accent-soft);
    border-bottom: 1px solid var(--line);
  }
  .consent.package-bar {
    flex-wrap: wrap;
    overflow-wrap: anywhere;
  }
  .consent-actions {
    display: flex;
    align-items: center;
    gap: 14px;
    flex: none;
  }
  .consent a {
    color: var(--ink);
  }
  /* Opaque, because browsers do not report transparent elements as visible. */
  .consent button[aria-disabled="true"] {
    background: var(--pane);
    border-color: var(--line-strong);
    color: var(--mute);
    cursor: default;
  }
  dialog {
    width: min(560px, calc(100vw - 32px));
    border: 1px solid var(--line-strong);
    border-radius: 12px;
    padding: 18px 20px;
    background: var(--pane);
    color: var(--ink);
    font: 14px/1.45 var(--sans);
    box-shadow: 0 12px 40px rgb(0 0 0 / 0.28);
  }
  dialog::backdrop {
    background: rgb(10 16 22 / 0.45);
  }
  dialog h2 {
    margin: 0 0 4px;
    font-size: 17px;
  }
  dialog .refusal {
    color: var(--bad);
    overflow-wrap: anywhere;
  }
  dialog code {
    overflow-wrap: anywhere;
  }
  dialog p {
    margin: 0 0 10px;
    color: var(--mute);
  }
  .row {
    display: flex;
    align-items: end;
    gap: 10px;
    margin: 0 0 10px;
  }
  .row label {
    flex: 1;
    min-width: 0;
    font-size: 12px;
    color: var(--mute);
  }
  .frame-options {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    margin: 0 0 12px;
  }
  .frame-options select,
  .frame-options input {
    font: inherit;
    font-size: 12.5px;
    color: var(--ink);
    background: var(--bg);
    border: 1px solid var(--line-strong);
    border-radius: 8px;
    padding: 4px 6px;
  }
  .frame-options input {
    width: 74px;
  }
  .frame-options label {
    font-size: 12px;
    color: var(--mute);
  }
  .row input {
    display: block;
    width: 100%;
    font: 12.5px/1.5 var(--mono);
    color: var(--ink);
    background: var(--bg);
    border: 1px solid var(--line-strong);
    border-radius: 8px;
    padding: 5px 8px;
  }
  .actions {
    display: flex;
    gap: 8px;
  }
  .actions form {
    margin-left: auto;
  }
`;
