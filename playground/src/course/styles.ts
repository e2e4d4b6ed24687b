/** The styles of everything that the course element adds to the page. The site defines the colors. */

import { css } from "lit";
import { controlStyles } from "../control-styles.ts";

const courseStyles = css`
  .hw-course-bar {
    border: 1px solid var(--hw-line);
    border-radius: 8px;
    background-color: var(--hw-pane);
    margin: 1rem 0;
    padding: 0.4rem 0.8rem;
  }

  .md-typeset .hw-course-bar p {
    align-items: center;
    display: flex;
    flex-wrap: wrap;
    font-size: 0.75rem;
    gap: 0.4rem 0.6rem;
    margin: 0.5rem 0;
    max-width: none;
  }

  .md-typeset .hw-course-message:empty {
    display: none;
  }

  .hw-course-count progress {
    accent-color: var(--hw-accent);
    flex: 0 1 14rem;
    height: 0.6rem;
  }

  .hw-lesson-done::before {
    content: " · ";
  }

  .hw-tick {
    color: var(--hw-mute);
    margin-right: 0.3em;
  }

  .hw-tick[data-status="done"] {
    color: var(--hw-accent);
  }

  .md-typeset .hw-course-dialog {
    border: 1px solid var(--hw-line);
    border-radius: 10px;
    background-color: var(--hw-pane);
    color: var(--hw-ink);
    max-width: min(28rem, 90vw);
    padding: 0.4rem 1.2rem;
  }

  .hw-course-dialog::backdrop {
    background-color: rgb(0 0 0 / 45%);
  }

  .hw-course-dialog h2 {
    margin: 0.6rem 0;
  }

  .md-typeset .hw-course-dialog .hw-course-tools {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem;
    justify-content: flex-end;
  }

  .md-typeset .hw-danger.md-button:not(.md-button--primary) {
    border-color: var(--hw-bad);
    color: var(--hw-bad);
  }
`;

export const STYLES = [controlStyles, courseStyles];
