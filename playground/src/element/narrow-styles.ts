/**
 * Styles for narrow elements, which show one part at a time and two rows of buttons. They must follow all other styles of the
 * shell.
 */

import { css } from "lit";

export const narrowStyles = css`
  @container (max-width: 1100px) {
    header kbd {
      display: none;
    }
  }
  @container (max-width: 920px) {
    .promise,
    .reset span,
    .brand span,
    /* The Drafts dialog has the same button. */
    header .examples {
      display: none;
    }
    /* The result of a run matters more than the title. */
    .title {
      flex: 0 1 auto;
      min-width: 0;
    }
    .summary {
      min-width: 14em;
    }
  }
  @container (max-width: 720px) {
    header {
      flex-wrap: wrap;
      gap: 8px;
    }
    .title {
      flex: 1 1 0;
      min-width: 0;
    }
    .full .title {
      display: none;
    }
    /* The second row: the result of the run, and less common buttons. */
    header::before {
      content: "";
      flex-basis: 100%;
      order: 1;
    }
    .summary {
      order: 2;
      min-width: 0;
      justify-content: flex-start;
    }
    header .export,
    header .drafts {
      order: 2;
    }
    .auto {
      margin-left: auto;
    }
    .views {
      display: grid;
      grid-template-columns: repeat(3, 1fr);
      background: var(--pane);
      border-bottom: 1px solid var(--line);
    }
    .views button {
      border: none;
      border-bottom: 2px solid transparent;
      border-radius: 0;
      padding: 8px;
      color: var(--mute);
    }
    .views button[aria-pressed="true"] {
      color: var(--ink);
      border-bottom-color: var(--accent);
    }
    .views .problem-mark {
      color: var(--bad);
      font-weight: 700;
      margin-left: 0.3em;
    }
    .views .problem-mark.warning {
      color: var(--warn);
    }
    .panes {
      grid-template-columns: minmax(0, 1fr);
      grid-template-rows: minmax(0, 1fr);
    }
    .panes > section {
      display: none;
      grid-row: 1;
      border: none;
    }
    .splitter {
      display: none;
    }
    [data-view="code"] section.code,
    [data-view="output"] section.output {
      display: grid;
    }
    [data-view="graph"] section.graph {
      display: block;
    }
    /* The value of a tapped node is shown below the graph. */
    [data-view="graph"][data-panel="value"]:not([data-only]) {
      .panes {
        grid-template-rows: repeat(2, minmax(0, 1fr));
      }
      section.output {
        display: grid;
        grid-row: 2;
        grid-template-rows: minmax(0, 1fr);
        border-top: 1px solid var(--line);
      }
      section.output .tabs {
        display: none;
      }
    }
  }
  @container (max-width: 480px) {
    /* The first few letters of a title are not useful, and the page names the example. */
    .embed .title {
      display: none;
    }
    /* The end of the result must be visible, because it lists what is missing. */
    .summary {
      display: block;
      text-wrap: balance;
    }
    .summary > span {
      white-space: pre-wrap;
    }
    footer {
      flex-wrap: wrap;
      gap: 0 16px;
    }
    .runtime,
    footer .problem {
      white-space: normal;
      overflow-wrap: anywhere;
      text-align: left;
    }
    /* Wrapped lines are indented further than the body of a function. */
    .cm-content.cm-content,
    .drawn-code .line {
      flex-shrink: 1;
      white-space: break-spaces;
      overflow-wrap: anywhere;
    }
    .cm-content .cm-line {
      padding-left: calc(6ch + 4px);
      text-indent: -6ch;
    }
    .drawn-code .line {
      padding-left: calc(6ch + 56px);
      text-indent: -6ch;
    }
    .drawn-code .line::before {
      text-indent: 0;
    }
  }
  /* Without scripts the buttons for the parts do nothing, so the parts are shown one below the other. */
  @media (scripting: none) {
    @container (max-width: 720px) {
      .views {
        display: none;
      }
      .panes {
        grid-template-rows: repeat(3, minmax(240px, 1fr));
        overflow: auto;
      }
      .panes > section {
        display: grid;
        grid-row: auto;
        border-bottom: 1px solid var(--line);
      }
    }
  }
`;
