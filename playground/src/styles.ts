/** All style sheets of the element, in cascade order. */

import type { CSSResult } from "lit";
import { draftsStyles } from "./drafts/styles.ts";
import { highlightStyles } from "./editor/highlight-styles.ts";
import { edgeStyles } from "./element/edge-styles.ts";
import { narrowStyles } from "./element/narrow-styles.ts";
import { panesStyles } from "./element/panes-styles.ts";
import { shellStyles } from "./element/shell-styles.ts";
import { stateStyles } from "./element/state-styles.ts";
import { touchStyles } from "./element/touch-styles.ts";
import { filesStyles } from "./files/styles.ts";
import { graphStyles } from "./graph/graph-styles.ts";
import { shareStyles } from "./share/styles.ts";
import { tokens } from "./tokens.ts";
import { outputStyles } from "./values/styles.ts";

export const STYLES: readonly CSSResult[] = [
  tokens,
  shellStyles,
  edgeStyles,
  panesStyles,
  stateStyles,
  narrowStyles,
  highlightStyles,
  filesStyles,
  graphStyles,
  outputStyles,
  shareStyles,
  draftsStyles,
  touchStyles,
];
