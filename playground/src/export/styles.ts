/** How the dialog for what is taken home looks. */

import { css } from "lit";

export const takehomeStyles = css`
  dialog.takehome {
    width: min(720px, calc(100vw - 32px));
  }
  dialog.takehome form {
    text-align: right;
  }
  dialog.takehome code {
    font: 12.5px/1.4 var(--mono);
    color: var(--ink);
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    margin: 0 0 10px;
  }
  .taken {
    max-height: min(52vh, 460px);
    margin: 0 0 10px;
    border: 1px solid var(--line);
    border-radius: 8px;
    background: var(--bg);
    overflow: auto;
  }
  .taken pre {
    margin: 0;
    min-width: max-content;
  }
  .taken pre.text {
    padding: 10px 12px;
    border: 0;
    max-height: none;
    overflow: visible;
  }
  dialog.takehome .told:empty {
    display: none;
  }
  dialog.takehome .told.refused {
    color: var(--warn);
    overflow-wrap: anywhere;
  }
  dialog.takehome .notes {
    margin: 0 0 10px;
    padding-left: 18px;
    color: var(--mute);
    max-height: 24vh;
    overflow-y: auto;
  }
  .formats {
    list-style: none;
    margin: 8px 0 10px;
    padding: 0;
    display: grid;
    gap: 8px;
  }
  .formats li {
    display: flex;
    align-items: baseline;
    gap: 12px;
  }
  .formats button {
    flex: none;
    width: 92px;
  }
`;
