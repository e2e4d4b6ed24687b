/** Definitions and descriptions of nodes. */

import type { Files } from "../protocol.ts";
import { type FunctionSource, moduleOf } from "./functions.ts";
import { definesNode, type EditorContext, summaryOfDoc, viewOfNode } from "./names.ts";

export interface SourceLocation {
  file: string;
  line: number;
}

export interface Definition extends SourceLocation {
  /** The signature on one line, such as `def total(price: int, quantity: int) -> int`. */
  signature: string;
}

export interface Description {
  /** The signature of the function, or the name and type of the input. */
  signature: string;
  doc: string;
  /** The source location, such as `flow.py:12`, or where the value of an input comes from. */
  origin: string;
}

/**
 * Return the function that defines a node in the current files. If the node has several variants, return the variant in the
 * graph.
 */
export function definitionOf(name: string, { files, graph }: EditorContext): Definition | null {
  const node = viewOfNode(graph, name);
  const matches = (source: FunctionSource): boolean => source.name === node?.function || source.node === name;
  const found = modulesOf(files).flatMap(({ file, functions }) =>
    functions.filter((source) => definesNode(source) && matches(source)).map((source) => ({ file, source })),
  );
  const chosen = found.find(({ file, source }) => source.name === node?.function && file === node.file) ?? found[0];
  if (chosen === undefined) return null;
  const { file, source } = chosen;
  const text = files[file] ?? "";
  return { file, line: text.slice(0, source.nameSpan.from).split("\n").length, signature: signatureOf(source, text) };
}

/** Describe a node; null for a name that is not a node. */
export function descriptionOf(name: string, context: EditorContext): Description | null {
  const node = viewOfNode(context.graph, name);
  const definition = definitionOf(name, context);
  const doc = summaryOfDoc(node?.doc ?? "");
  if (definition !== null) {
    const isOwn = node === undefined || node.function === null || definition.signature.includes(`def ${name}(`);
    const signature = isOwn ? definition.signature : `${name}: ${node.type}\n${definition.signature}`;
    return { signature, doc, origin: `${definition.file}:${definition.line}` };
  }
  if (node === undefined) return null;
  const origin = node.kind === "config" ? "set in the config" : "an input: no function computes it";
  return { signature: `${name}: ${node.type}`, doc, origin };
}

function modulesOf(files: Files): { file: string; functions: FunctionSource[] }[] {
  return Object.entries(files)
    .filter(([file]) => file.endsWith(".py"))
    .map(([file, text]) => ({ file, functions: moduleOf(text).functions }));
}

/** Return the signature of a function on one line. */
function signatureOf({ syntax, parametersEnd, nameSpan }: FunctionSource, text: string): string {
  const returns = syntax.getChild("TypeDef");
  const head = text.slice(syntax.from, Math.max(returns?.to ?? 0, parametersEnd ?? nameSpan.to));
  return head.replaceAll(/\s+/g, " ").replaceAll("( ", "(").replaceAll(/,? \)/g, ")");
}
