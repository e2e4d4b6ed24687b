/** The colours and measures that every part of the element uses. Dark where the element carries `data-scheme="dark"`. */

import { css, unsafeCSS } from "lit";
import { DARK, LIGHT } from "./palette.ts";

export const tokens = css`
  :host {
    ${unsafeCSS(LIGHT)}
  }
  :host([data-scheme="dark"]) {
    ${unsafeCSS(DARK)}
  }
`;
