/** How nodes and edges differ from those in another graph, and the marks that show the differences instead of run states. */

import { svg, type TemplateResult } from "lit/html.js";
import type { EdgeView } from "../protocol.ts";

/** `affected`: the code is the same but the value differs. */
export type NodeChange = "added" | "removed" | "changed" | "affected" | "same";
export type EdgeChange = "added" | "removed" | "same";

export interface GraphChanges {
  nodes: Readonly<Record<string, NodeChange>>;
  edge(edge: Pick<EdgeView, "source" | "target">): EdgeChange;
}

/** Return a mark drawn around (0, 0), 10 pixels wide. */
const stroke = (path: string): TemplateResult =>
  svg`<path d=${path} fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" />`;

const MARKS: Record<NodeChange, TemplateResult> = {
  added: stroke("M-4.5 0H4.5M0-4.5V4.5"),
  removed: stroke("M-4.5 0H4.5"),
  changed: stroke("M-5 1.5C-3.5-2-1.5-2 0 0S3.5 2 5-1.5"),
  affected: stroke("M-4.5-2H4.5M-4.5 2H4.5M-2.5 5L2.5-5"),
  same: svg`<circle r="1.6" fill="currentColor" />`,
};

const WORDS: Record<NodeChange, string> = {
  added: "added",
  removed: "removed",
  changed: "changed",
  affected: "same code, different value",
  same: "same",
};

export function changeMark(change: NodeChange): TemplateResult {
  return MARKS[change];
}

export function changeLabel(change: NodeChange): string {
  return WORDS[change];
}
