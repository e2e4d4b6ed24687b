/** Styles for touch screens: targets of at least 44 pixels. They must follow all other styles. */

import { css } from "lit";

export const touchStyles = css`
  @media (pointer: coarse) {
    button,
    select,
    summary,
    textarea,
    .auto,
    .field,
    .from-disk,
    .selector li,
    input:not([type="checkbox"]) {
      min-height: 44px;
    }
    .from-disk,
    .selector li {
      align-content: center;
      display: inline-grid;
    }
    summary {
      padding-block: 12px;
    }
    /* Buttons within text grow without moving the text. */
    button.name,
    .head .location,
    :is(footer, .notice) .link {
      min-height: 0;
      padding-block: 14px;
      margin-block: -14px;
    }
    /* Browsers on phones zoom into fields with smaller text. */
    .shell.shell.shell :is(input, select, textarea) {
      font-size: 16px;
    }
    header {
      gap: 6px 8px;
      padding-block: 4px;
    }
    .file-tools button {
      min-width: 40px;
    }
    .graph-tools {
      top: 6px;
    }
    .graph-scroll {
      top: 54px;
    }
    @container graph (max-width: 560px) {
      .graph-view {
        top: 56px;
      }
    }
  }
`;
