/** Inputs without a value, and what cannot be computed because of them. */

import type { NodeRun, RunView } from "../protocol.ts";

/** Why a node has no value, in a few words: `needs the input x`; null where no input is missing. */
export function missingInputsText(run: NodeRun | undefined): string | null {
  const needs = run?.needs ?? [];
  if (needs.length === 0) return null;
  return `needs the input${needs.length === 1 ? "" : "s"} ${needs.join(", ")}`;
}

/** How many nodes of a run wait for an input. */
export function waitingCount({ nodes }: Pick<RunView, "nodes">): number {
  return Object.values(nodes).filter(({ state }) => state === "waiting").length;
}
