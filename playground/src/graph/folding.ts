/** What of a dataflow is drawn: folded groups as one node each, edges between them merged, or a selection alone. */

import { getOwn } from "../get-own.ts";
import type { EdgeView, GraphView, NodeRun, NodeState, NodeView } from "../protocol.ts";
import { type DisplayGraph, type DisplayNode, edgeKey, type NodeGroup } from "./display-graph.ts";

export interface FoldedGraph {
  graph: DisplayGraph;
  /** The dataflow itself. */
  fullGraph: GraphView;
  /** The drawn node that stands for a node; absent where it stands for itself or is not drawn. */
  drawnAs: ReadonlyMap<string, string>;
}

export function unfoldedGraph(graph: GraphView): FoldedGraph {
  return { graph, fullGraph: graph, drawnAs: new Map() };
}

/**
 * @param only what to leave in; null for all
 * @param open groups whose nodes are drawn with a frame around them
 */
export function foldGraph(
  graph: GraphView,
  folded: readonly NodeGroup[],
  only: ReadonlySet<string> | null,
  open: readonly NodeGroup[] = [],
): FoldedGraph {
  if (folded.length === 0 && only === null && open.length === 0) return unfoldedGraph(graph);
  const kept = graph.nodes.filter((node) => only?.has(node.name) ?? true);
  const present = new Map(kept.map((node) => [node.name, node]));
  const groups = folded
    .map((group) => filterGroup(group, (name) => present.has(name)))
    .filter((group) => group.members.length > 0);
  const standsFor = new Map(groups.flatMap(({ id, members }) => members.map((name) => [name, id])));
  const nodes: DisplayNode[] = kept.filter((node) => !standsFor.has(node.name));
  for (const group of groups) nodes.push(nodeOf(group, present));
  const edges = mergedEdges(
    graph.edges.filter(({ source, target }) => present.has(source) && present.has(target)),
    standsFor,
  );
  const problems = graph.problems.map((problem) => ({
    ...problem,
    node: problem.node === null ? null : (standsFor.get(problem.node) ?? problem.node),
  }));
  const frames = open
    .map(({ id, label, members }) => ({ id, label, members: members.filter((name) => present.has(name)) }))
    .filter(({ members }) => members.length > 0);
  return { graph: { ...graph, nodes, edges, problems, frames }, fullGraph: graph, drawnAs: standsFor };
}

/** What became of each drawn node; a group's members summed. */
export function foldRuns({ graph }: FoldedGraph, runs: Record<string, NodeRun>): Record<string, NodeRun> {
  const groups = graph.nodes.flatMap((node) => node.group ?? []);
  if (groups.length === 0) return runs;
  return { ...runs, ...Object.fromEntries(groups.map((group) => [group.id, { state: groupState(group, runs) }])) };
}

/** The states that members are in, the most telling first. */
const TELLING: readonly NodeState[] = [
  "failed",
  "waiting",
  "running",
  "queued",
  "stale",
  "skipped",
  "overridden",
  "succeeded",
  "reused",
  "idle",
];

export function groupState({ computed }: NodeGroup, runs: Record<string, NodeRun>): NodeState {
  const states = new Set(computed.map((name) => getOwn(runs, name)?.state ?? "idle"));
  return TELLING.find((state) => states.has(state)) ?? "idle";
}

/** The group without the members that are not there. */
export function filterGroup(group: NodeGroup, isThere: (name: string) => boolean): NodeGroup {
  return { ...group, members: group.members.filter(isThere), computed: group.computed.filter(isThere) };
}

/** How many members are in each state. */
export function stateCounts({ computed }: NodeGroup, runs: Record<string, NodeRun>): [NodeState, number][] {
  const states = computed.map((name) => getOwn(runs, name)?.state ?? "idle");
  return TELLING.map((state): [NodeState, number] => [state, states.filter((one) => one === state).length]).filter(
    ([, count]) => count > 0,
  );
}

export function nodeCountText({ members }: NodeGroup): string {
  return members.length === 1 ? "1 node" : `${members.length} nodes`;
}

/** The edges between drawn nodes, each pair once; optional where all that it stands for are. */
function mergedEdges(edges: readonly EdgeView[], standsFor: ReadonlyMap<string, string>): EdgeView[] {
  const merged = new Map<string, EdgeView>();
  for (const edge of edges) {
    const source = standsFor.get(edge.source) ?? edge.source;
    const target = standsFor.get(edge.target) ?? edge.target;
    if (source === target && edge.source !== edge.target) continue;
    const key = edgeKey({ source, target });
    const optional = edge.optional && (merged.get(key)?.optional ?? true);
    merged.set(key, { source, target, optional });
  }
  return [...merged.values()];
}

function nodeOf(group: NodeGroup, present: ReadonlyMap<string, NodeView>): DisplayNode {
  return {
    name: group.id,
    kind: "function",
    type: nodeCountText(group),
    doc: "",
    tags: {},
    function: null,
    module: null,
    file: null,
    line: null,
    end: null,
    output: group.members.some((name) => present.get(name)?.output),
    group,
  };
}
