/** The functions in a module, from its syntax tree: names, parameters and annotations. */

import type { SyntaxNode, Tree } from "@lezer/common";
import { parser } from "@lezer/python";

export interface Span {
  from: number;
  to: number;
}

export interface ParameterSource extends Span {
  name: string;
  /** The text after the colon. */
  annotation: string | null;
}

export interface FunctionSource {
  name: string;
  /** The name of the function's node, without a variant's suffix. */
  node: string;
  nameSpan: Span;
  /** The span of the function, including decorators. */
  span: Span;
  parameters: ParameterSource[];
  /** The position after the closing parenthesis of the parameters; null if there is no closing parenthesis. */
  parametersEnd: number | null;
  returns: string | null;
  syntax: SyntaxNode;
  decorators: SyntaxNode[];
}

export interface ModuleSource {
  text: string;
  tree: Tree;
  functions: FunctionSource[];
}

const cache = new Map<string, ModuleSource>();
const MAX_CACHED = 40;

/** Parse a module. Results are cached, keyed by the module's text. */
export function moduleOf(text: string): ModuleSource {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const tree = parser.parse(text);
  const source = { text, tree, functions: functionsIn(tree.topNode, text) };
  if (cache.size >= MAX_CACHED) cache.clear();
  cache.set(text, source);
  return source;
}

/** Iterate over the children of a syntax node. */
export function* childrenOf(node: SyntaxNode): Generator<SyntaxNode> {
  for (let child = node.firstChild; child !== null; child = child.nextSibling) yield child;
}

/** Return the functions at module level. Nested functions and methods define no nodes. */
function functionsIn(node: SyntaxNode, text: string): FunctionSource[] {
  return [...childrenOf(node)].flatMap((child) => {
    if (child.name === "FunctionDefinition") return functionOf(child, text) ?? [];
    return child.name === "ClassDefinition" ? [] : functionsIn(child, text);
  });
}

function functionOf(syntax: SyntaxNode, text: string): FunctionSource | null {
  const nameNode = syntax.getChild("VariableName");
  const list = syntax.getChild("ParamList");
  if (nameNode === null || list === null) return null;
  const statement = syntax.parent?.name === "DecoratedStatement" ? syntax.parent : syntax;
  const decorators = statement.getChildren("Decorator");
  const name = text.slice(nameNode.from, nameNode.to);
  const closing = list.lastChild?.name === ")" ? list.lastChild : null;
  return {
    name,
    node: isVariant(decorators, text) ? nodeNameOf(name) : name,
    nameSpan: { from: nameNode.from, to: nameNode.to },
    span: { from: statement.from, to: statement.to },
    parameters: parametersOf(list, text),
    parametersEnd: closing?.to ?? null,
    returns: annotationOf(syntax.getChild("TypeDef"), text),
    syntax,
    decorators,
  };
}

function parametersOf(list: SyntaxNode, text: string): ParameterSource[] {
  const parameters: ParameterSource[] = [];
  let mayStart = false;
  for (const child of childrenOf(list)) {
    if (child.name === "VariableName" && mayStart) {
      const next = child.nextSibling;
      const annotation = next?.name === "TypeDef" ? annotationOf(next, text) : null;
      parameters.push({ name: text.slice(child.from, child.to), from: child.from, to: child.to, annotation });
    }
    mayStart = child.name === "(" || child.name === "," || (mayStart && child.name === "⚠");
  }
  return parameters;
}

/** Return an annotation without its colon or arrow. */
function annotationOf(definition: SyntaxNode | null, text: string): string | null {
  if (definition === null) return null;
  const annotation = text.slice(definition.from, definition.to).replace(/^(?::|->)\s*/, "");
  return annotation === "" ? null : annotation;
}

/** Return whether a function is a variant: it has a `@config` condition, and its name has a suffix after `__`. */
function isVariant(decorators: readonly SyntaxNode[], text: string): boolean {
  return decorators.some((decorator) => /^@\s*(?:\w+\.)?config\b/.test(text.slice(decorator.from, decorator.to)));
}

function nodeNameOf(name: string): string {
  const separator = name.lastIndexOf("__");
  return separator > 0 ? name.slice(0, separator) : name;
}
