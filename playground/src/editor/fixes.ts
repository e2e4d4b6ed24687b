/** Fixes for problems: annotate a function, write a missing function, copy an argument. */

import type { SyntaxNode } from "@lezer/common";
import type { ProblemView } from "../protocol.ts";
import { annotationFor } from "./annotations.ts";
import type { Edit } from "./edit.ts";
import { childrenOf, type FunctionSource, type ModuleSource, moduleOf } from "./functions.ts";
import type { EditorContext } from "./names.ts";

export interface Fix {
  name: string;
  edits: Edit[];
  /** The inserted text to select afterwards, for the visitor to replace. */
  placeholder: string;
}

const PLACEHOLDER = "raise NotImplementedError";

/** Return the fix for a problem in the current module; null if there is none. */
export function fixOf(problem: ProblemView, file: string, text: string, { files, graph }: EditorContext): Fix | null {
  const module = moduleOf(text);
  const source = functionOf(problem, module);
  if (source === undefined) return null;
  if (problem.kind === "MissingAnnotation") return annotateFix(source, module, file, { ...files, [file]: text });
  if (problem.kind === "ChangedArgumentWarning") return copyFix(problem.argument, source, module);
  if (problem.kind !== "MissingInput") return null;
  const parameter = source.parameters.find(({ name }) => name === problem.input);
  const isComputed = graph.nodes.some(({ name, kind }) => name === problem.input && kind === "function");
  return parameter === undefined || isComputed ? null : writeFunctionFix(parameter.name, parameter.annotation, module);
}

function functionOf(problem: ProblemView, { functions, text }: ModuleSource): FunctionSource | undefined {
  return functions.find(({ nameSpan }) => text.slice(0, nameSpan.from).split("\n").length === problem.line);
}

/** Add missing annotations in the form that the code uses elsewhere. If there is none, add `Any` and its import. */
function annotateFix(
  source: FunctionSource,
  module: ModuleSource,
  file: string,
  files: EditorContext["files"],
): Fix | null {
  const edits: Edit[] = [];
  const annotation = (name: string): string => annotationFor(name, file, files) ?? "Any";
  for (const { name, to, annotation: known } of source.parameters) {
    if (known === null) edits.push({ from: to, to, insert: `: ${annotation(name)}` });
  }
  if (source.returns === null && source.parametersEnd !== null) {
    edits.push({ from: source.parametersEnd, to: source.parametersEnd, insert: ` -> ${annotation(source.node)}` });
  }
  if (edits.length === 0) return null;
  const needsAny = edits.some(({ insert }) => insert.endsWith(" Any"));
  const all = needsAny && !importsAny(module) ? [insertImport("from typing import Any", module), ...edits] : edits;
  return { name: `Annotate ${source.name}`, edits: all, placeholder: needsAny ? "Any" : "" };
}

function writeFunctionFix(name: string, annotation: string | null, { text }: ModuleSource): Fix {
  const gap = text.trim() === "" ? "" : "\n\n\n";
  const from = text.trimEnd().length;
  const insert = `${gap}def ${name}() -> ${annotation ?? "object"}:\n    ${PLACEHOLDER}\n`;
  return { name: `Write the function ${name}`, edits: [{ from, to: text.length, insert }], placeholder: PLACEHOLDER };
}

/** Copy an argument that a function changes: insert the copy as the function's first statement. */
function copyFix(name: string | undefined, { parameters, syntax }: FunctionSource, module: ModuleSource): Fix | null {
  const first = firstStatement(syntax);
  if (first === null || !parameters.some((parameter) => parameter.name === name)) return null;
  const { tree, text } = module;
  const indent = /(?:^|\n)([ \t]+)$/.exec(text.slice(0, first.from))?.[1];
  if (indent === undefined) return null; // the body is on the same line as `def`
  const copy: Edit = { from: first.from, to: first.from, insert: `${name} = copy.deepcopy(${name})\n${indent}` };
  const isImported = tree.topNode
    .getChildren("ImportStatement")
    .some(({ from, to }) => /^import\s(?:.*,)?\s*copy\s*(?:,|$)/s.test(text.slice(from, to)));
  const edits = isImported ? [copy] : [insertImport("import copy", module), copy];
  return { name: `Copy ${name} first`, edits, placeholder: "" };
}

/** Return the first statement of a function after its docstring. */
function firstStatement(syntax: SyntaxNode): SyntaxNode | null {
  const body = syntax.getChild("Body");
  if (body === null) return null;
  const statements = [...childrenOf(body)].filter(({ name }) => name !== ":" && name !== "Comment");
  const [first, second] = statements;
  const isDocstring = first?.name === "ExpressionStatement" && first.firstChild?.name === "String";
  return (isDocstring ? second : first) ?? null;
}

function importsAny({ tree, text }: ModuleSource): boolean {
  return tree.topNode
    .getChildren("ImportStatement")
    .some((statement) => /^from\s+typing\s.*\bAny\b/s.test(text.slice(statement.from, statement.to)));
}

/** Insert an import after the docstring and `__future__` imports, before other imports. */
function insertImport(statement: string, { tree, text }: ModuleSource): Edit {
  const line = `${statement}\n`;
  let at = 0;
  let isBehind = false;
  for (const child of childrenOf(tree.topNode)) {
    const isDocstring = child.name === "ExpressionStatement" && child.firstChild?.name === "String" && at === 0;
    const isFuture = /^from\s+__future__\s/.test(text.slice(child.from, child.to));
    if (isDocstring || isFuture) {
      at = child.to;
      isBehind = true;
    } else if (child.name === "ImportStatement") return { from: child.from, to: child.from, insert: line };
    else if (child.name !== "Comment") break;
  }
  return { from: at, to: at, insert: isBehind ? `\n\n${line.trimEnd()}` : `${line}\n\n` };
}
