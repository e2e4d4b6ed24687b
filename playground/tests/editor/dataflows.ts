/** Dataflows for editor tests. */

import type { EdgeView, GraphView, NodeKind, NodeView } from "../../src/protocol.ts";
import { nodeOf } from "../graph/graphs.ts";

export const node = nodeOf;

export function input(name: string, type = "int"): NodeView {
  const kind: NodeKind = "input";
  return node(name, { kind, type, function: null, module: null, file: null, line: null, end: null });
}

/** @param edges as `price -> total` */
export function graph(nodes: NodeView[], ...edges: string[]): GraphView {
  const parsed = edges.map((edge): EdgeView => {
    const [source = "", target = ""] = edge.split(" -> ");
    return { source, target, optional: false };
  });
  return { nodes, edges: parsed, problems: [] };
}

/** Return the text without its `|`, and the position of the `|`. */
export function atCaret(marked: string): { text: string; caret: number } {
  const caret = marked.indexOf("|");
  return { text: marked.slice(0, caret) + marked.slice(caret + 1), caret };
}
