/** Completion of names: all nodes in a parameter list, and a function's own parameters in its body. */

import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  insertCompletionText,
} from "@codemirror/autocomplete";
import { syntaxTree } from "@codemirror/language";
import type { GraphView, NodeView } from "../protocol.ts";
import { annotationFor } from "./annotations.ts";
import { type FunctionSource, moduleOf } from "./functions.ts";
import { type EditorContext, enclosingFunction, summaryOfDoc, viewOfNode } from "./names.ts";
import { isParameter } from "./scopes.ts";

const WORD = /^[\p{L}_][\p{L}\p{N}_]*$/u;
const NO_COMPLETION_IN = new Set(["String", "FormatString", "Comment", "PropertyName"]);

/** Return a completion source for nodes. The context is read on every keystroke. */
export function nodeCompletion(file: () => string, editorContext: () => EditorContext) {
  return (context: CompletionContext): CompletionResult | null => {
    const position = namePosition(context);
    if (position === null) return null;
    const current = editorContext();
    const text = context.state.doc.toString();
    const enclosing = enclosingFunction(moduleOf(text), context.pos);
    const options = optionsAt(position.role, enclosing, current, { ...current.files, [file()]: text }, file());
    const typed = context.state.sliceDoc(position.from, context.pos);
    // Enter after a complete name inserts a line break, although a longer name starts with it.
    const isComplete = options.some(({ label }) => label === typed) || viewOfNode(current.graph, typed) !== undefined;
    if (isComplete && !context.explicit) return null;
    const suggestions = options.filter(({ label }) => label !== typed);
    return suggestions.length === 0
      ? null
      : { from: position.from, options: suggestions, validFor: incomplete(options) };
  };
}

/** Close the list when the name is complete, so that Enter inserts a line break and the arrow keys move the caret. */
function incomplete(options: readonly Completion[]): (typed: string) => boolean {
  const names = new Set(options.map(({ label }) => label));
  return (typed) => WORD.test(typed) && !names.has(typed);
}

type NameRole = "parameter" | "definition" | "body";

interface NamePosition {
  role: NameRole;
  from: number;
}

/** Return the position of the name being typed; null in strings, comments and attributes, and before anything is typed. */
function namePosition(context: CompletionContext): NamePosition | null {
  const inner = syntaxTree(context.state).resolveInner(context.pos, -1);
  if (NO_COMPLETION_IN.has(inner.name)) return null;
  if (inner.name === "VariableName") {
    const parent = inner.parent?.name;
    if (isParameter(inner) && inner.parent?.parent?.name === "FunctionDefinition") {
      return { role: "parameter", from: inner.from };
    }
    if (parent === "FunctionDefinition" && inner.prevSibling?.name === "def") {
      return { role: "definition", from: inner.from };
    }
    return parent === "TypeDef" || parent === "ImportStatement" ? null : { role: "body", from: inner.from };
  }
  if (!context.explicit) return null;
  const list = inner.name === "ParamList" ? inner : inner.parent?.name === "ParamList" ? inner.parent : null;
  const before = context.state.sliceDoc(list?.from ?? 0, context.pos);
  const isAtParameterStart = list !== null && /[(,]\s*$/.test(before);
  if (list !== null) return isAtParameterStart ? { role: "parameter", from: context.pos } : null;
  return { role: "body", from: context.pos };
}

function optionsAt(
  role: NameRole,
  current: FunctionSource | undefined,
  { graph }: EditorContext,
  files: EditorContext["files"],
  file: string,
): Completion[] {
  const ownParameters = current?.parameters.map(({ name }) => name) ?? [];
  switch (role) {
    case "parameter": {
      const excluded =
        current === undefined
          ? new Set(ownParameters)
          : new Set([...ownParameters, ...dependents(graph, current.node)]);
      return graph.nodes
        .filter((node) => !excluded.has(node.name))
        .map((node) => ({ ...completionFor(node), apply: applyWithType(node, annotationFor(node.name, file, files)) }));
    }
    case "definition":
      return graph.nodes.filter(({ kind }) => kind === "input").map(completionFor);
    case "body":
      return ownParameters.map((name) => {
        const node = viewOfNode(graph, name);
        return node === undefined
          ? { label: name, type: "variable", boost: 50 }
          : { ...completionFor(node), boost: 50 };
      });
  }
}

function completionFor(node: NodeView): Completion {
  const doc = summaryOfDoc(node.doc);
  return {
    label: node.name,
    type: node.kind === "function" ? "function" : "variable",
    detail: node.type,
    ...(doc === "" ? {} : { info: doc }),
  };
}

/** Insert a parameter with its type, unless the parameter already has a type. */
function applyWithType(node: NodeView, annotation: string | null): NonNullable<Completion["apply"]> {
  return (view, _completion, from, to) => {
    const isAnnotated = /^\s*:/.test(view.state.sliceDoc(to, to + 20));
    const text = isAnnotated || annotation === null ? node.name : `${node.name}: ${annotation}`;
    view.dispatch(insertCompletionText(view.state, text, from, to));
  };
}

/** Return a node and its downstream nodes. A parameter with one of these names would create a cycle. */
function dependents(graph: GraphView, name: string): Set<string> {
  const found = new Set([name]);
  for (const node of found) {
    for (const { source, target } of graph.edges) if (source === node) found.add(target);
  }
  return found;
}
