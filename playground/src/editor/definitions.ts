/** Where a node is made, and what a reader wants to know about it. */

import type { Files } from "../protocol.ts";
import { type FunctionSource, moduleOf } from "./functions.ts";
import { definesNode, type EditorContext, summaryOfDoc, viewOfNode } from "./names.ts";

export interface SourceLocation {
  file: string;
  line: number;
}

export interface Definition extends SourceLocation {
  /** `def total(price: int, quantity: int) -> int` */
  signature: string;
}

export interface Description {
  /** The signature of its function; name and type of an input. */
  signature: string;
  doc: string;
  /** `flow.py:12`, or where an input comes from. */
  origin: string;
}

/** The function that makes a node: as the files stand, and of several variants the one that the graph holds. */
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

/** What makes a value, in a few words; null for a name that is no node. */
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
  const origin = node.kind === "config" ? "set in the config" : "an input: no function makes it";
  return { signature: `${name}: ${node.type}`, doc, origin };
}

function modulesOf(files: Files): { file: string; functions: FunctionSource[] }[] {
  return Object.entries(files)
    .filter(([file]) => file.endsWith(".py"))
    .map(([file, text]) => ({ file, functions: moduleOf(text).functions }));
}

/** The head of a function on one line. */
function signatureOf({ syntax, parametersEnd, nameSpan }: FunctionSource, text: string): string {
  const returns = syntax.getChild("TypeDef");
  const head = text.slice(syntax.from, Math.max(returns?.to ?? 0, parametersEnd ?? nameSpan.to));
  return head.replaceAll(/\s+/g, " ").replaceAll("( ", "(").replaceAll(/,? \)/g, ")");
}
