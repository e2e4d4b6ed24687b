/** The nodes to which names in the code refer. */

import type { SyntaxNode } from "@lezer/common";
import type { Files, GraphView, NodeView } from "../protocol.ts";
import { type FunctionSource, type ModuleSource, moduleOf, type Span } from "./functions.ts";
import { scopeOf } from "./scopes.ts";

/** The files and the graph to which the code in the editor belongs. */
export interface EditorContext {
  files: Files;
  graph: GraphView;
}

export interface NodeName extends Span {
  name: string;
}

/** Return the node name at a position: a function, a parameter, or a use of a parameter. */
export function nodeNameAt(text: string, position: number): NodeName | null {
  const module = moduleOf(text);
  for (const side of [1, -1] as const) {
    const node = module.tree.resolveInner(position, side);
    if (node.name !== "VariableName") continue;
    const name = nameOf(node, module);
    if (name !== null) return { name, from: node.from, to: node.to };
  }
  return null;
}

export function definesNode(source: FunctionSource): boolean {
  return !source.name.startsWith("_");
}

export function enclosingFunction({ functions }: ModuleSource, position: number): FunctionSource | undefined {
  return functions.find(({ span }) => span.from <= position && position <= span.to);
}

export function viewOfNode(graph: GraphView, name: string): NodeView | undefined {
  return graph.nodes.find((node) => node.name === name);
}

/** Return the first paragraph of a docstring on one line. */
export function summaryOfDoc(doc: string): string {
  return doc.split("\n\n", 1)[0]?.replaceAll("\n", " ") ?? "";
}

function nameOf(node: SyntaxNode, { text, functions }: ModuleSource): string | null {
  const word = text.slice(node.from, node.to);
  const scope = scopeOf(node, text);
  if (scope === null) return null;
  if (scope.name === "Script") {
    return functions.find((source) => source.name === word && definesNode(source))?.node ?? null;
  }
  const reader = functions.find((source) => source.syntax.from === scope.from && scope.name === "FunctionDefinition");
  const isRead = reader !== undefined && definesNode(reader) && reader.parameters.some(({ name }) => name === word);
  return isRead ? word : null;
}
