/** The values that the visitor entered for a dataflow. */

import type { FieldTexts, NodeKind } from "../protocol.ts";
import type { Workspace } from "./workspace.ts";

/**
 * Return the entered values. Values for inputs, functions and config keys that the code no longer has are omitted.
 *
 * Until Python has outlined the code, no values are omitted. Omitted values reappear when their names reappear.
 */
export function enteredValues({ fieldTexts, graph, outlined, readable }: Workspace): FieldTexts {
  if (!outlined || !readable) return fieldTexts;
  const named = (kind: NodeKind): string[] => graph.nodes.filter((node) => node.kind === kind).map(({ name }) => name);
  return {
    inputs: pickNames(named("input"), fieldTexts.inputs),
    config: pickNames([...Object.keys(graph.config ?? {}), ...named("config")], fieldTexts.config),
    overrides: pickNames(named("function"), fieldTexts.overrides),
  };
}

function pickNames(names: readonly string[], values: Record<string, string>): Record<string, string> {
  const known = new Set(names);
  return Object.fromEntries(Object.entries(values).filter(([name]) => known.has(name)));
}
