/** Which nodes fold into one: those of a module, in parts where a module is too large to be drawn at once. */

import { getOwn } from "../get-own.ts";
import type { GraphView, NodeView } from "../protocol.ts";
import type { Folds } from "../state/workspace.ts";
import type { NodeGroup } from "./display-graph.ts";
import { ranksOf } from "./ranks.ts";

/** A dataflow of more nodes opens folded. */
const MOST_UNFOLDED = 400;
/** A module of more nodes folds into parts. */
const MOST_TOGETHER = 300;
/** First words of names tell parts apart if they are at most this share of the names. */
const TELLING = 0.25;

/** None where folding would leave one node alone. */
export function groupsOf(graph: GraphView): NodeGroup[] {
  const modules = byKey(graph.nodes, (node) => node.module);
  adoptInputs(graph, modules);
  const flow = new Map<string, number>();
  const groups = [...modules].flatMap(([module, nodes]) => {
    if (nodes.length > MOST_TOGETHER && flow.size === 0) orderInto(flow, graph);
    return nodes.length > MOST_TOGETHER ? partsOf(module, nodes, flow) : [groupOf(module, nodes)];
  });
  return groups.length > 1 ? groups : [];
}

/** The ids of the groups that are folded now. */
export function foldedGroupIds(graph: GraphView, groups: readonly NodeGroup[], folds: Folds): Set<string> {
  const atFirst = graph.nodes.length > MOST_UNFOLDED;
  return new Set(groups.map((group) => group.id).filter((id) => getOwn(folds, id) ?? atFirst));
}

/** An input that one module alone reads folds with it. */
function adoptInputs(graph: GraphView, modules: Map<string, NodeView[]>): void {
  const moduleOf = new Map(graph.nodes.map((node) => [node.name, node.module]));
  const readers = new Map<string, Set<string | null>>();
  for (const { source, target } of graph.edges) {
    readers.set(source, (readers.get(source) ?? new Set()).add(moduleOf.get(target) ?? null));
  }
  for (const node of graph.nodes) {
    const [module, ...others] = node.module === null ? (readers.get(node.name) ?? []) : [];
    if (module && others.length === 0) modules.get(module)?.push(node);
  }
}

function partsOf(module: string, nodes: readonly NodeView[], flow: ReadonlyMap<string, number>): NodeGroup[] {
  const words = byKey(nodes, (node) => firstWordOf(node.name));
  if (words.size === 1 || words.size > nodes.length * TELLING) return piecesOf(module, nodes, flow);
  return [...words].flatMap(([word, some]) =>
    some.length > MOST_TOGETHER
      ? piecesOf(module, some, flow)
      : [groupOf(`${module}: ${some.length > 1 ? `${word}…` : some[0]?.name}`, some)],
  );
}

/** Pieces of like size in the order of the flow, each called by its first and last node. */
function piecesOf(module: string, nodes: readonly NodeView[], flow: ReadonlyMap<string, number>): NodeGroup[] {
  const sorted = [...nodes].sort((a, b) => (flow.get(a.name) ?? 0) - (flow.get(b.name) ?? 0));
  const count = Math.ceil(sorted.length / MOST_TOGETHER);
  const size = Math.ceil(sorted.length / count);
  return Array.from({ length: count }, (_, index) => {
    const piece = sorted.slice(index * size, (index + 1) * size);
    return groupOf(`${module}: ${piece[0]?.name} … ${piece.at(-1)?.name}`, piece);
  }).filter((group) => group.members.length > 0);
}

function firstWordOf(name: string): string {
  return /^_*[^_\d]*/.exec(name)?.[0] ?? "";
}

function orderInto(flow: Map<string, number>, graph: GraphView): void {
  for (const node of ranksOf(graph).flat()) flow.set(node.name, flow.size);
}

function groupOf(label: string, nodes: readonly NodeView[]): NodeGroup {
  const computed = nodes.filter((node) => node.kind === "function");
  return {
    id: `module ${label}`,
    label,
    members: nodes.map((node) => node.name),
    computed: computed.map((node) => node.name),
  };
}

function byKey(nodes: readonly NodeView[], keyOf: (node: NodeView) => string | null): Map<string, NodeView[]> {
  const found = new Map<string, NodeView[]>();
  for (const node of nodes) {
    const key = keyOf(node);
    if (key === null) continue;
    const known = found.get(key);
    if (known === undefined) found.set(key, [node]);
    else known.push(node);
  }
  return found;
}
