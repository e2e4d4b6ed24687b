/** What is given to a dataflow. */

import type { Given, NodeKind } from "../protocol.ts";
import type { Workspace } from "./workspace.ts";

/** What was typed in, without inputs and functions that the code no longer has; all of it until Python has read the code. */
export function givenTo({ given, graph, outlined, readable }: Workspace): Given {
  if (!outlined || !readable) return given;
  const of = (kind: NodeKind, values: Record<string, string>): Record<string, string> => {
    const names = new Set(graph.nodes.filter((node) => node.kind === kind).map((node) => node.name));
    return Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)));
  };
  return { ...given, inputs: of("input", given.inputs), overrides: of("function", given.overrides) };
}
