/**
 * Comparison of values by their previews. Code from two origins runs in two interpreters, so neither interpreter has the values
 * of both sides.
 */

import { getOwn } from "../get-own.ts";
import type { ComparisonView, Preview, ValueChange } from "../protocol.ts";

export type Previews = Readonly<Record<string, Preview>>;

/** Previews of these types are complete, so values with equal previews are equal. */
const EXACT: ReadonlySet<string> = new Set(["int", "float", "bool", "str", "NoneType"]);

/** Complete a comparison: values that Python could not compare are compared by their previews. */
export function withComparedPreviews(comparison: ComparisonView, before: Previews, after: Previews): ComparisonView {
  const nodes = Object.entries(comparison.nodes).map(([name, node]) => [
    name,
    { ...node, value: node.value ?? previewChange(getOwn(before, name), getOwn(after, name)) },
  ]);
  return { nodes: Object.fromEntries(nodes) };
}

function previewChange(before: Preview | undefined, after: Preview | undefined): ValueChange | null {
  if (before === undefined || after === undefined) return null;
  if (JSON.stringify(before) !== JSON.stringify(after)) return "different";
  return after.kind === "scalar" && EXACT.has(after.type) ? "same" : "unknown";
}
