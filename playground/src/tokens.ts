/** Colors that every part of the element uses. Dark if the element has `data-scheme="dark"`. */

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
