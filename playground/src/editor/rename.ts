/** Renaming of nodes: functions, parameters and uses in all modules, found in the syntax trees. */

import type { SyntaxNode } from "@lezer/common";
import type { Files, GraphView, NodeView } from "../protocol.ts";
import { applyEdits, type Edit } from "./edit.ts";
import { type FunctionSource, type ModuleSource, moduleOf, type Span } from "./functions.ts";
import { definesNode, viewOfNode } from "./names.ts";
import { isBound, isKeywordArgument, scopeOf } from "./scopes.ts";

/** A renamed node. */
export interface NodeRename {
  kind: "renamed";
  from: string;
  to: string;
  /** All files in the dataflow after the edits. */
  files: Files;
  /** The edits to each changed file. */
  edits: Record<string, Edit[]>;
}

export type RenameResult = NodeRename | { kind: "refused"; reason: string };

const KEYWORDS = new Set(
  (
    "False None True and as assert async await break class continue def del elif else except finally for from global if " +
    "import in is lambda nonlocal not or pass raise return try while with yield"
  ).split(" "),
);

/** Rename a node in all files. If it cannot be renamed, return the reason. */
export function renameNode(files: Files, graph: GraphView, from: string, to: string): RenameResult {
  const modules = Object.entries(files)
    .filter(([file]) => file.endsWith(".py"))
    .map(([file, text]) => ({ file, source: moduleOf(text) }));
  const reason = nameReason(from, to) ?? graphReason(modules, graph, from, to) ?? syntaxReason(modules);
  if (reason !== null) return { kind: "refused", reason };
  const edits: Record<string, Edit[]> = {};
  for (const module of modules) {
    const changes = editsOf(module, modules, from, to);
    const conflict = findConflict(module, changes, to);
    if (conflict !== null) return { kind: "refused", reason: conflict };
    if (changes.length > 0) edits[module.file] = changes;
  }
  const texts = Object.entries(edits).map(([file, changes]) => [file, applyEdits(files[file] ?? "", changes)] as const);
  return { kind: "renamed", from, to, files: { ...files, ...Object.fromEntries(texts) }, edits };
}

interface Module {
  file: string;
  source: ModuleSource;
}

// --- reasons to refuse ----------------------------------------------------------------------------------------------

function nameReason(from: string, to: string): string | null {
  if (to === from) return "Enter a different name.";
  if (to === "") return "Enter a name.";
  if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(to)) return "Use letters, digits and _, and start with a letter.";
  if (KEYWORDS.has(to)) return `${to} is a Python keyword.`;
  if (to.startsWith("_")) return "Functions whose names start with _ are not nodes.";
  return to.includes("__") ? "Two underscores in a row are reserved for variants." : null;
}

function graphReason(modules: readonly Module[], graph: GraphView, from: string, to: string): string | null {
  const node = viewOfNode(graph, from);
  const existing = existingNodeReason(modules, graph, from, to);
  if (existing !== null) return existing;
  if (node?.kind === "config") return `${from} is a config key. Rename it in the config.`;
  const isComputed = producersIn(modules, from);
  if (node?.kind === "function" && !isComputed && node.function !== from)
    return `A decorator on ${node.function} sets the name ${from}. Change it there.`;
  const nodeNames = graph.nodes.filter((node) => node.function === from && node.name !== from).map(({ name }) => name);
  if (node === undefined && nodeNames.length > 0)
    return `A decorator on ${from} sets the names of its nodes: ${nodeNames.join(", ")}. Change them there.`;
  return null;
}

/**
 * Return a reason if another node already has the new name. A missing input does not count: after the rename, the functions
 * that need it use the renamed node.
 */
function existingNodeReason(modules: readonly Module[], graph: GraphView, from: string, to: string): string | null {
  const node = viewOfNode(graph, to);
  if (producersIn(modules, to) || (node !== undefined && !isMissingInput(graph, node)))
    return `A node named ${to} already exists.`;
  if (node === undefined) return null;
  if (hasDefault(graph, from) && !producersIn(modules, from))
    return `${from} has a default, but the input ${to} has none. Give both the same default first.`;
  return isUpstream(graph, to, from) ? `${from} depends on ${to}, and a node cannot depend on itself.` : null;
}

/** Return whether a node is an input without a default or an entered value. The type text of an input includes its value. */
function isMissingInput(graph: GraphView, { name, kind, type }: NodeView): boolean {
  return kind === "input" && !type.includes(" = ") && !hasDefault(graph, name);
}

function hasDefault({ edges }: GraphView, name: string): boolean {
  return edges.some(({ source, optional }) => source === name && optional);
}

function isUpstream({ edges }: GraphView, name: string, of: string): boolean {
  const found = new Set([of]);
  for (const node of found) for (const { source, target } of edges) if (target === node) found.add(source);
  return found.has(name);
}

function producersIn(modules: readonly Module[], name: string): boolean {
  return modules.some(({ source }) =>
    source.functions.some((candidate) => definesNode(candidate) && candidate.node === name),
  );
}

function syntaxReason(modules: readonly Module[]): string | null {
  for (const { file, source } of modules) {
    let hasError = false;
    source.tree.iterate({
      enter: ({ type }) => {
        hasError ||= type.isError;
      },
    });
    if (hasError) return `${file} has a syntax error. Fix it first.`;
  }
  return null;
}

/** Return a reason if the new name already has another meaning where it would be inserted. */
function findConflict({ file, source }: Module, edits: readonly Edit[], to: string): string | null {
  if (edits.length === 0) return null;
  for (const name of namesIn(source)) {
    const word = source.text.slice(name.from, name.to);
    const isNew = word === to || edits.some((edit) => edit.insert === word);
    if (!isNew || isKeywordArgument(name)) continue;
    const enclosing = source.functions.find(({ span }) => span.from <= name.from && name.to <= span.to);
    const isConflict =
      enclosing === undefined || edits.some(({ from }) => enclosing.span.from <= from && from < enclosing.span.to);
    if (isConflict) return `${word} already has another meaning in ${enclosing?.name ?? file}.`;
  }
  return null;
}

// --- edits ----------------------------------------------------------------------------------------------------------

function editsOf(module: Module, modules: readonly Module[], from: string, to: string): Edit[] {
  const { source } = module;
  const { text } = source;
  const readers = source.functions.filter((reader) => reads(reader, text, from));
  const names = importedNames(module, modules, from, to);
  const producerNames = new Map(producersOf(source, from).map(({ name }) => [name, newName(name, from, to)]));
  const edits: Edit[] = [];
  const replace = ({ from: start, to: end }: Span, insert: string): void =>
    void edits.push({ from: start, to: end, insert });
  for (const name of namesIn(source)) {
    const word = text.slice(name.from, name.to);
    const imported = names.imports.get(name.from);
    if (imported !== undefined) replace(name, imported);
    else if (isKeywordArgument(name)) {
      if (word === from && callsReader(name, text, modules, from)) replace(name, to);
    } else {
      const scope = scopeOf(name, text);
      const insert = producerNames.get(word) ?? names.bound.get(word);
      if (scope?.name === "Script" && insert !== undefined) replace(name, insert);
      if (word === from && readers.some((reader) => isSame(reader.syntax, scope))) replace(name, to);
    }
  }
  for (const attribute of attributesOf(source, modules, from, to)) replace(attribute, attribute.insert);
  for (const candidate of source.functions) {
    for (const string of sourceStrings(candidate, text, from)) replace(string, to);
  }
  return edits.sort((first, second) => first.from - second.from);
}

/** Return whether a function has a parameter for the node, and no decorator binds the parameter. */
function reads(source: FunctionSource, text: string, name: string): boolean {
  return (
    definesNode(source) &&
    source.parameters.some((parameter) => parameter.name === name) &&
    !bindsParameter(source, text, name)
  );
}

function bindsParameter({ decorators }: FunctionSource, text: string, name: string): boolean {
  return decorators.some((decorator) =>
    descendantsOf(decorator, "String").some(
      (string) =>
        string.parent?.name === "DictionaryExpression" &&
        string.nextSibling?.name === ":" &&
        contentOf(string, text) === name,
    ),
  );
}

function producersOf({ functions }: ModuleSource, name: string): FunctionSource[] {
  return functions.filter((source) => definesNode(source) && source.node === name);
}

/** Return the new name of a function; a variant keeps its suffix. */
function newName(old: string, from: string, to: string): string {
  return to + old.slice(from.length);
}

/**
 * Return the spans to rename for `from costs import price`: the imported names, and the names that refer to the function.
 */
function importedNames({ source }: Module, modules: readonly Module[], from: string, to: string) {
  const imports = new Map<number, string>();
  const bound = new Map<string, string>();
  for (const statement of descendantsOf(source.tree.topNode, "ImportStatement")) {
    if (statement.firstChild?.name !== "from") continue;
    const [path, ...names] = statement.getChildren("VariableName");
    const imported = path === undefined ? undefined : moduleNamed(modules, source.text.slice(path.from, path.to));
    const known = new Set(imported === undefined ? [] : producersOf(imported.source, from).map(({ name }) => name));
    for (const name of names) {
      const word = source.text.slice(name.from, name.to);
      if (!known.has(word) || name.prevSibling?.name === "as") continue;
      imports.set(name.from, newName(word, from, to));
      if (name.nextSibling?.name !== "as") bound.set(word, newName(word, from, to));
    }
  }
  return { imports, bound };
}

/** Return the edits to `price` in `costs.price`, if `costs` is a module in the dataflow. */
function attributesOf(source: ModuleSource, modules: readonly Module[], from: string, to: string): Edit[] {
  const { text, tree } = source;
  const imported = new Map<string, Module>();
  for (const statement of descendantsOf(tree.topNode, "ImportStatement")) {
    if (statement.firstChild?.name !== "import") continue;
    for (const name of statement.getChildren("VariableName")) {
      const path = name.prevSibling?.name === "as" ? name.prevSibling.prevSibling : name;
      const module = path === null ? undefined : moduleNamed(modules, text.slice(path.from, path.to));
      if (isBound(name) && module !== undefined) imported.set(text.slice(name.from, name.to), module);
    }
  }
  return descendantsOf(tree.topNode, "MemberExpression").flatMap((member) => {
    const [object, property] = [member.firstChild, member.getChild("PropertyName")];
    if (object?.name !== "VariableName" || property === null || scopeOf(object, text)?.name !== "Script") return [];
    const module = imported.get(text.slice(object.from, object.to));
    const word = text.slice(property.from, property.to);
    const isRenamed = module !== undefined && producersOf(module.source, from).some(({ name }) => name === word);
    return isRenamed ? [{ from: property.from, to: property.to, insert: newName(word, from, to) }] : [];
  });
}

function moduleNamed(modules: readonly Module[], name: string): Module | undefined {
  return modules.find(({ file }) => file === `${name}.py`);
}

/** Return whether `price` in `total(price=2)` is a renamed parameter of `total`. */
function callsReader(keyword: SyntaxNode, text: string, modules: readonly Module[], name: string): boolean {
  const callee = keyword.parent?.parent?.name === "CallExpression" ? keyword.parent.parent.firstChild : null;
  const at = callee?.name === "MemberExpression" ? callee.getChild("PropertyName") : callee;
  if (at === null || at === undefined || (at.name === "VariableName" && scopeOf(at, text)?.name !== "Script"))
    return false;
  const word = text.slice(at.from, at.to);
  return modules.some(({ source }) =>
    source.functions.some((candidate) => candidate.name === word && reads(candidate, source.text, name)),
  );
}

/** Return the span of `price` in `source("price")` in a decorator, without quotes. */
function sourceStrings({ decorators }: FunctionSource, text: string, name: string): Span[] {
  return decorators
    .flatMap((decorator) => descendantsOf(decorator, "String"))
    .filter((string) => {
      const callee = string.parent?.name === "ArgList" ? string.parent.parent?.firstChild : null;
      return callee && /(?:^|\.)source$/.test(text.slice(callee.from, callee.to)) && contentOf(string, text) === name;
    })
    .map((string) => {
      const start = string.from + text.slice(string.from, string.to).indexOf(name);
      return { from: start, to: start + name.length };
    });
}

function contentOf(string: SyntaxNode, text: string): string {
  return text.slice(string.from, string.to).replace(/^["']+|["']+$/g, "");
}

function namesIn({ tree }: ModuleSource): SyntaxNode[] {
  return descendantsOf(tree.topNode, "VariableName");
}

function descendantsOf(node: SyntaxNode, name: string): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  node.cursor().iterate((at) => void (at.name === name && found.push(at.node)));
  return found;
}

function isSame(node: SyntaxNode, other: SyntaxNode | null): boolean {
  return other !== null && node.name === other.name && node.from === other.from;
}
