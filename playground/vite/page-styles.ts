/**
 * The style sheet `hw-play.css`: the element's colors for each palette of the theme.
 *
 * The live element follows the palette itself. This sheet makes the prerendered element follow it from the first paint.
 * Declarations on the element override those of its own `:host`.
 */

import type { Plugin } from "vite";
import { DARK, LIGHT } from "../src/palette.ts";

const SHEET = `hw-play { display: block; }
[data-md-color-scheme="default"] hw-play:not([theme="dark"]), hw-play[theme="light"] {${LIGHT}}
[data-md-color-scheme="slate"] hw-play:not([theme="light"]), hw-play[theme="dark"] {${DARK}}
`;

export function pageStyles(): Plugin {
  return {
    name: "headwater:page-styles",
    generateBundle() {
      this.emitFile({ type: "asset", fileName: "hw-play.css", source: SHEET });
    },
  };
}
