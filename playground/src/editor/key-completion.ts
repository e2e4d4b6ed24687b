/** Completion of keys in strings: columns of a table, labels of a series and keys of a dictionary, from values in memory. */

import type { Completion, CompletionContext, CompletionResult, CompletionSource } from "@codemirror/autocomplete";
import { syntaxTree } from "@codemirror/language";
import type { SyntaxNode } from "@lezer/common";
import type { CompletionView } from "../protocol.ts";
import { childrenOf, moduleOf } from "./functions.ts";
import { nodeNameAt } from "./names.ts";

/** Attributes whose second subscript is a column. */
const INDEXERS = new Set(["loc", "at"]);
/** Methods whose first argument is a key or a list of keys. */
const METHODS = new Set(["get", "group_by", "groupby", "pop", "select", "set_index", "sort", "sort_values"]);
/** Method parameters that take a column or a list of columns. */
const KEYWORDS = new Set(["by", "columns", "on", "subset"]);

/** Matches a name and the opening bracket of its subscript. */
const SUBSCRIPTED = /([\p{L}_][\p{L}\p{N}_]*)\[$/u;

export interface KeyHost {
  /** Return the keys of a node's value. Empty if there are none, or if Python is starting. */
  keysOf(node: string): Promise<readonly CompletionView[]>;
}

/** Return a completion source for the keys of parameters' values. */
export function keyCompletion(host: KeyHost): CompletionSource {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const position = keyPosition(context);
    if (position === null) {
      const node = subscriptedNode(context);
      if (node !== null) void host.keysOf(node); // load the keys before the visitor types the quote
      return null;
    }
    const keys = await host.keysOf(position.node);
    if (context.aborted || keys.length === 0) return null;
    return {
      from: position.from,
      options: keys.map((key, index) => completionFor(key, index, position.quote)),
      validFor: /^[^"'\\]*$/,
    };
  };
}

interface KeyPosition {
  /** The node whose value has the key. */
  node: string;
  /** The position after the opening quote. */
  from: number;
  quote: string;
}

/** Return the position of the key being typed, or null. */
function keyPosition({ state, pos }: CompletionContext): KeyPosition | null {
  if (syntaxTree(state).resolveInner(pos, -1).name !== "String") return null;
  const text = state.doc.toString();
  const string = moduleOf(text).tree.resolveInner(pos, -1);
  const quote = openQuote(string, pos, text);
  const owner = quote === null ? null : ownerOf(string, text);
  const node = owner?.name === "VariableName" ? nodeNameAt(text, owner.from) : null;
  return quote === null || node === null ? null : { node: node.name, from: string.from + 1, quote };
}

/** Return the node whose subscript begins at the caret, or null. */
function subscriptedNode({ state, pos }: CompletionContext): string | null {
  const line = state.doc.lineAt(pos);
  const [, word = ""] = SUBSCRIPTED.exec(line.text.slice(0, pos - line.from)) ?? [];
  return word === "" ? null : (nodeNameAt(state.doc.toString(), pos - 1 - word.length)?.name ?? null);
}

/** Return the quote that opens a string around a position. Null for other syntax, and for prefixed or triple-quoted strings. */
function openQuote({ name, from, to }: SyntaxNode, position: number, text: string): string | null {
  const quote = text.charAt(from);
  if (name !== "String" || !/["']/.test(quote) || text.startsWith(quote.repeat(3), from)) return null;
  const isAfterEnd = position === to && to - from > 1 && text.charAt(to - 1) === quote;
  return isAfterEnd ? null : quote;
}

/** Return the expression that is indexed with a string, such as `prices` in `prices["tea"]` and `prices[["tea", "cup"]]`. */
function ownerOf(string: SyntaxNode, text: string): SyntaxNode | null {
  // The parser joins an unfinished string to the next one.
  const isJoined = string.parent?.name === "ContinuedString" && string.prevSibling === null;
  const single = isJoined ? string.parent : string;
  const key = single?.parent?.name === "ArrayExpression" ? single.parent : single;
  if (key?.parent?.name === "MemberExpression") return subscriptedBy(key, key.parent, text);
  return key?.parent?.name === "ArgList" ? calledWith(key, key.parent, text) : null;
}

function subscriptedBy(key: SyntaxNode, expression: SyntaxNode, text: string): SyntaxNode | null {
  const object = expression.firstChild;
  const before = [...childrenOf(expression)].filter(({ from }) => from < key.from).map(({ name }) => name);
  if (before.length === 2 && before[1] === "[") return object;
  const isSecond = before.length === 4 && before[1] === "[" && before[3] === ",";
  return isSecond && object !== null && INDEXERS.has(attributeOf(object, text)) ? object.firstChild : null;
}

function calledWith(key: SyntaxNode, list: SyntaxNode, text: string): SyntaxNode | null {
  const method = list.parent?.firstChild ?? null;
  const attribute = method === null ? "" : attributeOf(method, text);
  const before = key.prevSibling;
  const keyword = before?.name === "AssignOp" ? before.prevSibling : null;
  const isKey = keyword === null ? before?.name === "(" && METHODS.has(attribute) : KEYWORDS.has(textOf(keyword, text));
  return isKey && attribute !== "" ? (method?.firstChild ?? null) : null;
}

/** Return the attribute of an expression such as `prices.loc`, or an empty string. */
function attributeOf(expression: SyntaxNode, text: string): string {
  const last = expression.name === "MemberExpression" ? expression.lastChild : null;
  return last?.name === "PropertyName" ? textOf(last, text) : "";
}

function textOf({ from, to }: SyntaxNode, text: string): string {
  return text.slice(from, to);
}

/** Return the completion for a key. The keys keep the order of the columns. */
function completionFor({ name, type }: CompletionView, index: number, quote: string): Completion {
  const escaped = name.replaceAll("\\", "\\\\").replaceAll(quote, `\\${quote}`);
  return { label: name, apply: escaped, type: "property", detail: type, sortText: String(index).padStart(4, "0") };
}
