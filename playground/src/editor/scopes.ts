/**
 * Scopes of Python names. A name belongs to the scope that assigns it, unless the scope declares it as `global` or `nonlocal`.
 */

import type { SyntaxNode } from "@lezer/common";
import { childrenOf } from "./functions.ts";

const COMPREHENSION = /Comprehension/;
const SEQUENCES = new Set(["TupleExpression", "ArrayExpression", "ParenthesizedExpression"]);

/** Return the scope of a name; null for keywords in calls and for import paths. */
export function scopeOf(name: SyntaxNode, text: string): SyntaxNode | null {
  if (isKeywordArgument(name) || (name.parent?.name === "ImportStatement" && !isBound(name))) return null;
  const word = text.slice(name.from, name.to);
  const innermost = enclosing(name);
  for (let scope = innermost; ; scope = enclosing(scope)) {
    if (scope.name === "Script") return scope;
    // Methods do not see names bound in the class body.
    if (scope.name === "ClassDefinition" && scope !== innermost) continue;
    if (binds(scope, word, text)) return scope;
  }
}

/** Return whether a name is the keyword of an argument, such as `a` in `f(a=1)`. */
export function isKeywordArgument(name: SyntaxNode): boolean {
  return name.parent?.name === "ArgList" && name.nextSibling?.name === "AssignOp";
}

/** Return whether a name is a parameter of a function or lambda. A default value is not a parameter. */
export function isParameter(name: SyntaxNode): boolean {
  if (name.parent?.name !== "ParamList") return false;
  const before = name.prevSibling?.name;
  return before === undefined || ["(", ",", "*", "**"].includes(before);
}

/** Return the innermost scope around a syntax node. Decorators, defaults and annotations belong to the outer scope. */
function enclosing(node: SyntaxNode): SyntaxNode {
  let child = node;
  for (let parent = node.parent; parent !== null; child = parent, parent = parent.parent) {
    if (parent.name === "Script") return parent;
    const inBody = child.name === "Body" || (child.name === "ParamList" && isParameter(node));
    if (["FunctionDefinition", "ClassDefinition"].includes(parent.name) && inBody) return parent;
    if (parent.name === "LambdaExpression" && (child.name !== "ParamList" || isParameter(node))) return parent;
    if (COMPREHENSION.test(parent.name) && !isFirstIterable(child)) return parent;
  }
  return node;
}

function isFirstIterable(part: SyntaxNode): boolean {
  if (part.prevSibling?.name !== "in") return false;
  for (let before = part.prevSibling.prevSibling; before !== null; before = before.prevSibling) {
    if (before.name === "in") return false;
  }
  return true;
}

function binds(scope: SyntaxNode, word: string, text: string): boolean {
  let bound = false;
  let isDeclaredElsewhere = false;
  const visit = (node: SyntaxNode): void => {
    const named = node.name === "VariableName" && text.slice(node.from, node.to) === word;
    if (named && node.parent?.name === "ScopeStatement") isDeclaredElsewhere = true;
    else if (named && isBound(node)) bound ||= ownerOf(node).from === scope.from && ownerOf(node).name === scope.name;
    else for (const child of childrenOf(node)) visit(child);
  };
  visit(scope);
  return bound && !isDeclaredElsewhere;
}

function ownerOf(name: SyntaxNode): SyntaxNode {
  const { parent } = name;
  const isOfDefinition = parent?.name === "FunctionDefinition" || parent?.name === "ClassDefinition";
  return enclosing(isOfDefinition && parent !== null ? parent : name);
}

/** Return whether a name is bound at this position rather than used. */
export function isBound(name: SyntaxNode): boolean {
  let target = name;
  while (target.parent !== null && SEQUENCES.has(target.parent.name)) target = target.parent;
  const parent = target.parent;
  switch (parent?.name) {
    case "ParamList":
      return isParameter(name);
    case "FunctionDefinition":
    case "ClassDefinition":
      return target.prevSibling?.name === "def" || target.prevSibling?.name === "class";
    case "AssignStatement":
      return isFollowedBy(target, "AssignOp") || target.nextSibling?.name === "TypeDef";
    case "UpdateStatement":
    case "NamedExpression":
      return target.prevSibling === null;
    case "CapturePattern":
    case "DeleteStatement":
      return true;
    case "ImportStatement":
      return isImported(target);
    case "WithStatement":
    case "TryStatement":
      return target.prevSibling?.name === "as";
    default:
      return parent !== undefined && parent !== null && isLoopVariable(target, parent);
  }
}

function isLoopVariable(target: SyntaxNode, parent: SyntaxNode): boolean {
  if (parent.name !== "ForStatement" && !COMPREHENSION.test(parent.name)) return false;
  for (let before = target.prevSibling; before !== null; before = before.prevSibling) {
    if (before.name === "for") return true;
    if (before.name === "in") return false;
  }
  return false;
}

/** Return whether an import binds a name: `import a.b` binds `a`, `from a import b` binds `b`, `as c` binds only `c`. */
function isImported(name: SyntaxNode): boolean {
  const before = name.prevSibling?.name;
  if (before === "as") return true;
  if (name.nextSibling?.name === "as" || before === "." || before === "from") return false;
  if (name.parent?.firstChild?.name !== "from") {
    return !(name.nextSibling?.name === "." && isAliased(name));
  }
  return isPrecededBy(name, "import");
}

function isAliased(path: SyntaxNode): boolean {
  for (let next = path.nextSibling; next !== null && next.name !== ","; next = next.nextSibling) {
    if (next.name === "as") return true;
  }
  return false;
}

function isFollowedBy(node: SyntaxNode, by: string): boolean {
  for (let next = node.nextSibling; next !== null; next = next.nextSibling) if (next.name === by) return true;
  return false;
}

function isPrecededBy(node: SyntaxNode, by: string): boolean {
  for (let before = node.prevSibling; before !== null; before = before.prevSibling) if (before.name === by) return true;
  return false;
}
