/** The styles of everything that a step adds to the page. The site defines the colors. */

import { css } from "lit";
import { controlStyles } from "../control-styles.ts";

const stepStyles = css`
  .md-typeset hw-step details[hidden] {
    display: none;
  }

  /* A revealed hint or a result is scrolled into view, with space below it. */
  .md-typeset :is(hw-step details.hint, .hw-step-outcome) {
    scroll-margin-bottom: 1rem;
  }

  .hw-step-bar {
    align-items: center;
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem;
    margin: 0.8rem 0;
  }

  .hw-step-bar kbd {
    background: none;
    border: 1px solid color-mix(in srgb, currentcolor 45%, transparent);
    border-radius: 0.2rem;
    box-shadow: none;
    color: inherit;
    font-size: 0.6rem;
    font-weight: 400;
    margin-left: 0.3rem;
    padding: 0.05rem 0.25rem;
  }

  /* Without a keyboard, shortcuts are of no use. */
  @media not ((hover: hover) and (pointer: fine)) {
    .hw-step-bar kbd {
      display: none;
    }
  }

  .hw-step-status {
    color: var(--hw-mute);
    font-size: 0.7rem;
    margin-right: 0.4rem;
  }

  .hw-step-status[data-status="done"] {
    color: var(--hw-accent);
  }

  .md-typeset .hw-step-outcome {
    border-left: 3px solid transparent;
    min-height: 1.6em;
    padding-left: 0.6rem;
  }

  .md-typeset .hw-step-outcome[data-passed="true"] {
    border-color: var(--hw-accent);
  }

  .md-typeset .hw-step-outcome[data-passed="false"] {
    border-color: var(--hw-bad);
  }

  .md-typeset .hw-step-outcome[data-outdated] {
    border-color: var(--hw-line);
  }

  .md-typeset .hw-step-outdated {
    color: var(--hw-mute);
    font-size: 0.7rem;
    margin: 0.3rem 0;
  }

  .md-typeset :is(.hw-step-result, .hw-step-next, .hw-step-how, .hw-step-picks) {
    margin: 0.3rem 0;
    max-width: 42rem;
  }

  .md-typeset .hw-step-result {
    white-space: pre-line;
  }

  .md-typeset .hw-step-result ul {
    margin-bottom: 0;
    margin-top: 0.2rem;
  }

  .hw-step-matters {
    color: var(--hw-mute);
    display: block;
    margin-top: 0.3rem;
  }

  .hw-step-next {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem;
  }

  .md-typeset .hw-step-criteria {
    list-style: none;
    margin: 0.4rem 0;
    padding: 0;
    max-width: 42rem;
  }

  [dir="ltr"] .md-typeset .hw-step-criteria li {
    display: grid;
    gap: 0.4rem;
    grid-template-columns: 1em minmax(0, 1fr);
    margin: 0.15rem 0;
  }

  .hw-step-criteria li[data-passed="true"] {
    color: var(--hw-mute);
  }

  .hw-step-criteria li[data-passed="true"] .mark {
    color: var(--hw-accent);
  }

  .hw-step-criteria li[data-passed="false"] .mark {
    color: var(--hw-bad);
    font-weight: 700;
  }

  .md-typeset :is(.hw-step-how, .hw-step-picks) {
    color: var(--hw-mute);
    font-size: 0.75rem;
  }

  .md-typeset .hw-step-picks {
    color: var(--hw-ink);
    min-height: 1.6em;
  }

  .md-typeset .hw-step-edit {
    display: block;
    margin: 0.6rem 0;
    max-width: 42rem;
    width: auto;
  }

  .md-typeset .hw-step-edit figcaption {
    font-style: normal;
    margin: 0 0 0.3rem;
    max-width: none;
    text-align: left;
  }

  .md-typeset .hw-step-edit pre {
    border: 1px solid var(--hw-line);
    border-radius: 8px;
    background-color: var(--hw-pane);
    font-size: 0.65rem;
    margin: 0;
    overflow: auto;
    padding: 0.4rem 0.6rem;
    text-align: left;
  }

  .hw-step-edit :is(.added, .removed) {
    display: block;
    overflow-wrap: anywhere;
    padding-left: 2ch; /* a wrapped line continues to the right of the sign */
    text-indent: -2ch;
    white-space: pre-wrap;
  }

  .hw-step-edit .added {
    background-color: var(--hw-accent-soft);
  }

  .hw-step-edit .removed {
    color: var(--hw-mute);
  }

  .hw-step-choices {
    border: 1px solid var(--hw-line);
    border-radius: 8px;
    background-color: var(--hw-pane);
    margin: 0.8rem 0;
    max-width: 42rem;
    min-width: 0;
    padding: 0.3rem 0.8rem 0.6rem;
  }

  /* Floating, so that a two-line question does not cross the border. */
  .hw-step-choices legend {
    float: left;
    font-weight: 600;
    padding: 0.3rem;
    width: 100%;
  }

  .hw-step-choices legend + * {
    clear: both;
  }

  .hw-step-choices label {
    align-items: baseline;
    border-radius: 6px;
    cursor: pointer;
    display: grid;
    gap: 0.5rem;
    grid-template-columns: auto minmax(0, 1fr);
    padding: 0.25rem 0.3rem;
  }

  .hw-step-choices label:hover {
    background-color: var(--hw-accent-soft);
  }

  .hw-step-choices input {
    accent-color: var(--hw-accent);
  }

  @media screen and (max-width: 30em) {
    .hw-step-bar .hw-step-status {
      flex-basis: 100%;
    }
  }
`;

export const STYLES = [controlStyles, stepStyles];
