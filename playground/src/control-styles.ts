/** The styles of the buttons in lessons, which are smaller than the theme's buttons. */

import { css } from "lit";

export const controlStyles = css`
  :is(.hw-step-controls, hw-course) .md-button {
    border-radius: 8px;
    border-width: 1px;
    cursor: pointer;
    font-size: 0.7rem;
    margin: 0;
    padding: 0.3rem 0.8rem;
  }

  :is(.hw-step-controls, hw-course) .md-button:is([disabled], [aria-disabled="true"]) {
    cursor: default;
    opacity: 0.6;
  }
`;
