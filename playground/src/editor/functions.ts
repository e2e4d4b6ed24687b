/** The functions of a module as its syntax tree has them: names, parameters, what they say about types. */

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
  /** The name of the node that it makes: without what tells it from its variants. */
  node: string;
  /** Where its name stands. */
  nameSpan: Span;
  /** The whole of it, from its first decorator on. */
  span: Span;
  parameters: ParameterSource[];
  /** Behind the closing parenthesis of the parameters; null while there is none. */
  parametersEnd: number | null;
  /** What follows the arrow. */
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

/** Reads a module; the same text is read once. */
export function moduleOf(text: string): ModuleSource {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const tree = parser.parse(text);
  const source = { text, tree, functions: functionsBelow(tree.topNode, text) };
  if (cache.size >= MAX_CACHED) cache.clear();
  cache.set(text, source);
  return source;
}

/** The nodes right below one, in their order. */
export function* childrenOf(node: SyntaxNode): Generator<SyntaxNode> {
  for (let child = node.firstChild; child !== null; child = child.nextSibling) yield child;
}

/** The functions of the module itself; those inside of functions and classes make no nodes. */
function functionsBelow(node: SyntaxNode, text: string): FunctionSource[] {
  return [...childrenOf(node)].flatMap((child) => {
    if (child.name === "FunctionDefinition") return functionOf(child, text) ?? [];
    return child.name === "ClassDefinition" ? [] : functionsBelow(child, text);
  });
}

function functionOf(syntax: SyntaxNode, text: string): FunctionSource | null {
  const at = syntax.getChild("VariableName");
  const list = syntax.getChild("ParamList");
  if (at === null || list === null) return null;
  const statement = syntax.parent?.name === "DecoratedStatement" ? syntax.parent : syntax;
  const decorators = statement.getChildren("Decorator");
  const name = text.slice(at.from, at.to);
  const closing = list.lastChild?.name === ")" ? list.lastChild : null;
  return {
    name,
    node: isVariant(decorators, text) ? nodeNameOf(name) : name,
    nameSpan: { from: at.from, to: at.to },
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
  let mayBegin = false;
  for (const child of childrenOf(list)) {
    if (child.name === "VariableName" && mayBegin) {
      const next = child.nextSibling;
      const annotation = next?.name === "TypeDef" ? annotationOf(next, text) : null;
      parameters.push({ name: text.slice(child.from, child.to), from: child.from, to: child.to, annotation });
    }
    mayBegin = child.name === "(" || child.name === "," || (mayBegin && child.name === "⚠");
  }
  return parameters;
}

/** The text of an annotation without its colon or arrow. */
function annotationOf(definition: SyntaxNode | null, text: string): string | null {
  if (definition === null) return null;
  const written = text.slice(definition.from, definition.to).replace(/^(?::|->)\s*/, "");
  return written === "" ? null : written;
}

/** Functions that a condition chooses from share the part of their names before the last `__`. */
function isVariant(decorators: readonly SyntaxNode[], text: string): boolean {
  return decorators.some((decorator) => /^@\s*(?:\w+\.)?config\b/.test(text.slice(decorator.from, decorator.to)));
}

function nodeNameOf(name: string): string {
  const separator = name.lastIndexOf("__");
  return separator > 0 ? name.slice(0, separator) : name;
}
