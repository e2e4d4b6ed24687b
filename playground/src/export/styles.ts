/** The styles for the Export dialog. */

import { css } from "lit";

export const exportStyles = css`
  dialog.export {
    width: min(720px, calc(100vw - 32px));
  }
  dialog.export form {
    text-align: right;
  }
  dialog.export code {
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
  .exported {
    max-height: min(52vh, 460px);
    margin: 0 0 10px;
    border: 1px solid var(--line);
    border-radius: 8px;
    background: var(--bg);
    overflow: auto;
  }
  .exported pre {
    margin: 0;
    min-width: max-content;
  }
  .exported pre.text {
    padding: 10px 12px;
    border: 0;
    max-height: none;
    overflow: visible;
  }
  dialog.export .export-status:empty {
    display: none;
  }
  dialog.export .export-status.refused {
    color: var(--warn);
    overflow-wrap: anywhere;
  }
  dialog.export .notes {
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
