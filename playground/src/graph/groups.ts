/** Groups of nodes that can be folded into one node. A module is one group, or several if it is too large to draw at once. */

import { getOwn } from "../get-own.ts";
import type { GraphView, NodeView } from "../protocol.ts";
import type { Folds } from "../state/workspace.ts";
import type { NodeGroup } from "./display-graph.ts";
import { ranksOf } from "./ranks.ts";

/** Dataflows with more nodes than this are folded initially. */
const MAX_UNFOLDED = 400;
/** Modules with more nodes than this are split into several groups. */
const MAX_GROUP = 300;
/**
 * A module is split by the first word of its nodes' names if the number of distinct words is at most this fraction of the
 * number of nodes.
 */
const MAX_WORD_SHARE = 0.25;

/** Return the groups of a graph. Empty if folding would leave a single node. */
export function groupsOf(graph: GraphView): NodeGroup[] {
  const modules = groupBy(graph.nodes, (node) => node.module);
  adoptInputs(graph, modules);
  const order = new Map<string, number>();
  const groups = [...modules].flatMap(([module, nodes]) => {
    if (nodes.length > MAX_GROUP && order.size === 0) addFlowOrder(order, graph);
    return nodes.length > MAX_GROUP ? splitModule(module, nodes, order) : [makeGroup(module, nodes)];
  });
  return groups.length > 1 ? groups : [];
}

export function foldedGroupIds(graph: GraphView, groups: readonly NodeGroup[], folds: Folds): Set<string> {
  const atFirst = graph.nodes.length > MAX_UNFOLDED;
  return new Set(groups.map((group) => group.id).filter((id) => getOwn(folds, id) ?? atFirst));
}

/** If only one module uses an input, add the input to that module. */
function adoptInputs(graph: GraphView, modules: Map<string, NodeView[]>): void {
  const moduleOf = new Map(graph.nodes.map((node) => [node.name, node.module]));
  const readers = new Map<string, Set<string | null>>();
  for (const { source, target } of graph.edges) {
    readers.set(source, (readers.get(source) ?? new Set()).add(moduleOf.get(target) ?? null));
  }
  for (const node of graph.nodes) {
    const [module, ...otherModules] = node.module === null ? (readers.get(node.name) ?? []) : [];
    if (module && otherModules.length === 0) modules.get(module)?.push(node);
  }
}

function splitModule(module: string, nodes: readonly NodeView[], flow: ReadonlyMap<string, number>): NodeGroup[] {
  const words = groupBy(nodes, (node) => firstWordOf(node.name));
  if (words.size === 1 || words.size > nodes.length * MAX_WORD_SHARE) return splitByFlow(module, nodes, flow);
  return [...words].flatMap(([word, members]) =>
    members.length > MAX_GROUP
      ? splitByFlow(module, members, flow)
      : [makeGroup(`${module}: ${members.length > 1 ? `${word}…` : members[0]?.name}`, members)],
  );
}

/** Split nodes into groups of similar size in flow order, each named after its first and last node. */
function splitByFlow(module: string, nodes: readonly NodeView[], flow: ReadonlyMap<string, number>): NodeGroup[] {
  const sorted = [...nodes].sort((a, b) => (flow.get(a.name) ?? 0) - (flow.get(b.name) ?? 0));
  const count = Math.ceil(sorted.length / MAX_GROUP);
  const size = Math.ceil(sorted.length / count);
  return Array.from({ length: count }, (_, index) => {
    const chunk = sorted.slice(index * size, (index + 1) * size);
    return makeGroup(`${module}: ${chunk[0]?.name} … ${chunk.at(-1)?.name}`, chunk);
  }).filter((group) => group.members.length > 0);
}

function firstWordOf(name: string): string {
  return /^_*[^_\d]*/.exec(name)?.[0] ?? "";
}

function addFlowOrder(flow: Map<string, number>, graph: GraphView): void {
  for (const node of ranksOf(graph).flat()) flow.set(node.name, flow.size);
}

function makeGroup(label: string, nodes: readonly NodeView[]): NodeGroup {
  const computed = nodes.filter((node) => node.kind === "function");
  return {
    id: `module ${label}`,
    label,
    members: nodes.map((node) => node.name),
    computed: computed.map((node) => node.name),
  };
}

function groupBy(nodes: readonly NodeView[], keyOf: (node: NodeView) => string | null): Map<string, NodeView[]> {
  const groups = new Map<string, NodeView[]>();
  for (const node of nodes) {
    const key = keyOf(node);
    if (key === null) continue;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [node]);
    else known.push(node);
  }
  return groups;
}
