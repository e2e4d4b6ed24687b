/** Missing inputs, and the nodes that wait for them. */

import { joinNames } from "../join-names.ts";
import type { NodeRun, RunView } from "../protocol.ts";

/** Explain why a node has no value, such as `needs the input x`; null if no input is missing. */
export function missingInputsText(run: NodeRun | undefined): string | null {
  const needs = run?.needs ?? [];
  if (needs.length === 0) return null;
  return `needs the input${needs.length === 1 ? "" : "s"} ${joinNames(needs)}`;
}

/** Return the number of nodes that wait for an input. */
export function waitingCount({ nodes }: Pick<RunView, "nodes">): number {
  return Object.values(nodes).filter(({ state }) => state === "waiting").length;
}
