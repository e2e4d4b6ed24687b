/** Text about functions that are called once for each element. */

import type { ElementsView, NodeRun, NodeView } from "../protocol.ts";
import { compactCountText, countText } from "./quantities.ts";

/** Return the type of a node, and the elements for which its function is called, such as `int for each word`. */
export function typeText({ type, each }: Pick<NodeView, "type" | "each">): string {
  const element = each?.at(-1);
  return element === undefined ? type : `${type} for each ${element}`;
}

/** Return the progress in a few characters: `120 / 1,000`, or `× 3` if all values have been computed. */
export function progressText({ computed, total }: ElementsView): string {
  if (computed === total) return `× ${compactCountText(total)}`;
  return `${compactCountText(computed)} / ${compactCountText(total)}`;
}

/**
 * Describe the elements for which a function is called, and count the calls: ``for each `word`: 3 times``. Null if the function
 * is called only once.
 */
export function callsText({ each = [] }: Pick<NodeView, "each">, run: NodeRun | undefined): string | null {
  if (each.length === 0) return null;
  const names = each.map((name) => `each \`${name}\``);
  const text = `for ${names.reverse().join(" of ")}`;
  return run?.elements === undefined ? text : `${text}: ${timesText(run.elements)}`;
}

function timesText({ computed, total }: ElementsView): string {
  if (computed !== total) return `${countText(computed)} of ${countText(total)} values`;
  return total === 1 ? "once" : `${countText(total)} times`;
}
