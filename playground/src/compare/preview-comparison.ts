/**
 * Compares values by what is shown of them. Code of two origins runs in one Python after the other, so no Python has the
 * values of both sides.
 */

import { getOwn } from "../get-own.ts";
import type { ComparisonView, Preview, ValueChange } from "../protocol.ts";

export type Previews = Readonly<Record<string, Preview>>;

/** Values of these types are shown whole, and are equal if they look alike. */
const EXACT: ReadonlySet<string> = new Set(["int", "float", "bool", "str", "NoneType"]);

/** @returns the comparison, with the values that Python itself could not compare */
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
