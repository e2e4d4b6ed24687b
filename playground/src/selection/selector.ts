/**
 * The language of the selector box.
 *
 * `price` selects a node. `+price` adds everything upstream, and `price+` adds everything downstream. `2+price` and `price+2`
 * limit the number of steps. `tag:team=core` selects by tag, `module:features` by module. `*` matches any text. A space or a
 * comma is a union, `&` an intersection.
 */

import type { GraphView, NodeView } from "../protocol.ts";
import { neighborsOf, reachable } from "./lineage.ts";
import { nearestWord } from "./nearest.ts";

export interface Selection {
  names: ReadonlySet<string>;
  /** The nodes named directly, excluding those added by `+`. */
  named: ReadonlySet<string>;
  /** A message about the first term that does not match any nodes, with a suggestion. */
  problem: string | null;
}

/** One term, such as `2+tag:team=core+`. */
interface Term {
  /** The number of steps; 0 without a `+`. */
  upstream: number;
  downstream: number;
  core: string;
}

interface Matches {
  names: Set<string>;
  named: Set<string>;
}

const SEPARATORS = /[\s,]+/;
const PIECE = /[^\s,&]+/g;
const TERM = /^(?:(\d*)\+)?(.*?)(?:\+(\d*))?$/;

export function select(graph: GraphView, text: string): Selection {
  const names = new Set<string>();
  const named = new Set<string>();
  let problem: string | null = null;
  for (const piece of piecesOf(text)) {
    const terms = piece.split("&").map(termOf);
    const parts = terms.map((term) => nodesMatching(graph, term));
    problem ??= terms.map((term) => problemOf(graph, term)).find((text) => text !== null) ?? null;
    const [first, ...otherParts] = parts;
    if (first === undefined) continue;
    const common = [...first.names].filter((name) => otherParts.every((other) => other.names.has(name)));
    for (const name of common) {
      names.add(name);
      if (parts.some((part) => part.named.has(name))) named.add(name);
    }
  }
  return { names, named, problem };
}

/**
 * Return the outputs that a run must request to compute the selection: directly named nodes, and selected nodes that no other
 * selected node uses.
 */
export function outputsFor(graph: GraphView, selection: Selection): string[] {
  const read = new Set(graph.edges.filter((edge) => selection.names.has(edge.target)).map((edge) => edge.source));
  return graph.nodes
    .filter(({ name, kind }) => kind === "function" && selection.names.has(name))
    .map((node) => node.name)
    .filter((name) => selection.named.has(name) || !read.has(name));
}

export function renameInSelector(text: string, from: string, to: string): string {
  return text.replace(PIECE, (piece) => {
    const { core } = termOf(piece);
    return core === from ? piece.replace(core, () => to) : piece;
  });
}

function piecesOf(text: string): string[] {
  return text
    .replace(/\s*&\s*/g, "&")
    .split(SEPARATORS)
    .filter((piece) => piece !== "");
}

function termOf(piece: string): Term {
  const [, up, core = "", down] = TERM.exec(piece) ?? [];
  return { upstream: stepsOf(up), downstream: stepsOf(down), core };
}

function stepsOf(count: string | undefined): number {
  if (count === undefined) return 0;
  return count === "" ? Number.POSITIVE_INFINITY : Number(count);
}

function nodesMatching(graph: GraphView, { upstream, downstream, core }: Term): Matches {
  const named = new Set(graph.nodes.filter((node) => matchesTerm(node, core)).map((node) => node.name));
  const names = new Set(named);
  if (upstream > 0)
    for (const name of reachable(named, neighborsOf(graph.edges, "upstream"), upstream)) names.add(name);
  if (downstream > 0) {
    for (const name of reachable(named, neighborsOf(graph.edges, "downstream"), downstream)) names.add(name);
  }
  return { names, named };
}

function matchesTerm(node: NodeView, core: string): boolean {
  const [kind, rest] = parseCore(core);
  if (kind === "module") return node.module !== null && matches(rest, node.module);
  if (kind === "name") return matches(rest, node.name);
  const [key = "", ...values] = rest.split("=");
  const pattern = values.length === 0 ? null : values.join("=");
  return Object.entries(node.tags).some(
    ([tag, value]) => matches(key, tag) && (pattern === null || [value].flat().some((item) => matches(pattern, item))),
  );
}

function parseCore(core: string): ["tag" | "module" | "name", string] {
  if (core.startsWith("tag:")) return ["tag", core.slice("tag:".length)];
  if (core.startsWith("module:")) return ["module", core.slice("module:".length)];
  return ["name", core];
}

/** Return whether a string matches a pattern with `*`. */
function matches(pattern: string, text: string): boolean {
  if (!pattern.includes("*")) return pattern === text;
  const pieces = pattern.split("*");
  const [first = "", last = ""] = [pieces[0], pieces.at(-1)];
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  let from = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const at = text.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return from <= text.length - last.length;
}

function problemOf(graph: GraphView, { core }: Term): string | null {
  const [kind, rest] = parseCore(core);
  if (rest === "" || rest.startsWith("="))
    return kind === "name" ? "Enter a node name next to `+` or `&`." : `Enter a ${kind} after \`${kind}:\`.`;
  if (graph.nodes.some((node) => matchesTerm(node, core))) return null;
  if (kind === "name" && wordsOf(graph, "module").includes(rest))
    return `${NOT_FOUND.name(rest)} To select the module, enter \`module:${rest}\`.`;
  const near = nearestWord(rest, wordsOf(graph, kind));
  return near === null ? NOT_FOUND[kind](rest) : `${NOT_FOUND[kind](rest)} Did you mean \`${near}\`?`;
}

const NOT_FOUND = {
  name: (text: string): string => `No node is named \`${text}\`.`,
  tag: (text: string): string => `No node has the tag \`${text}\`.`,
  module: (text: string): string => `No module is named \`${text}\`.`,
};

/** Return all words that can follow `tag:` or `module:`, or name a node. */
export function wordsOf(graph: GraphView, kind: "tag" | "module" | "name"): string[] {
  if (kind === "name") return [...new Set(graph.nodes.map((node) => node.name))];
  if (kind === "module") return [...new Set(graph.nodes.flatMap((node) => node.module ?? []))];
  const tags = graph.nodes.flatMap((node) =>
    Object.entries(node.tags).flatMap(([key, value]) => [key, ...[value].flat().map((item) => `${key}=${item}`)]),
  );
  return [...new Set(tags)].sort();
}
