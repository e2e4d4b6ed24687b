/**
 * Nodes that a learner picks as an answer, and their marks in the drawing. The marks differ in shape and wording, not only in
 * color.
 */

import { svg, type TemplateResult } from "lit/html.js";
import { BADGE_HEIGHT, measureBadge } from "./measure.ts";

export interface GraphPicks {
  picked: ReadonlySet<string>;
  /** The correct nodes; null until they are shown. */
  answer: ReadonlySet<string> | null;
}

export type PickState = "open" | "picked" | "right" | "missed" | "wrong";

const WORDS: Record<PickState, string> = {
  open: "",
  picked: "picked",
  right: "right",
  missed: "missed",
  wrong: "wrong",
};
const MARKS: Record<PickState, string> = {
  open: "",
  picked: "✓",
  right: "✓ right",
  missed: "○ missed",
  wrong: "✕ wrong",
};

export function pickStateOf({ picked, answer }: GraphPicks, name: string): PickState {
  const isPicked = picked.has(name);
  if (answer === null) return isPicked ? "picked" : "open";
  if (answer.has(name)) return isPicked ? "right" : "missed";
  return isPicked ? "wrong" : "open";
}

/** Return the state of a marked node for screen readers; empty for other nodes. */
export function pickLabel(state: PickState): string {
  return WORDS[state];
}

/** Return the text of the mark; empty for a node that is not marked. */
export function pickText(state: PickState): string {
  return MARKS[state];
}

/** Draw the mark at the upper right corner of a box: an empty checkbox, or a label. */
export function pickTemplate(state: PickState, boxWidth: number): TemplateResult {
  const text = MARKS[state];
  const width = text === "" ? BADGE_HEIGHT : Math.max(BADGE_HEIGHT, measureBadge(text));
  return svg`<g class=${`pick is-${state}`} transform=${`translate(${boxWidth - width + 6} -10)`}><rect width=${width} height=${BADGE_HEIGHT} rx="4" /><text x=${width / 2} y="10.5" text-anchor="middle">${text}</text></g>`;
}
