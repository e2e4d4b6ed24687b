/**
 * The drawn part of a dataflow: each folded group becomes one node, its edges are merged, and nodes that are not selected are
 * removed.
 */

import { getOwn } from "../get-own.ts";
import type { EdgeView, GraphView, NodeRun, NodeState, NodeView } from "../protocol.ts";
import { type DisplayGraph, type DisplayNode, edgeKey, type NodeGroup } from "./display-graph.ts";

export interface FoldedGraph {
  graph: DisplayGraph;
  /** The whole dataflow. */
  fullGraph: GraphView;
  /** The group that represents each node in the drawing. Absent for nodes that are drawn individually or not at all. */
  drawnAs: ReadonlyMap<string, string>;
}

export function unfoldedGraph(graph: GraphView): FoldedGraph {
  return { graph, fullGraph: graph, drawnAs: new Map() };
}

/**
 * Fold each group of a graph into one node.
 *
 * @param included the names of the nodes to draw; null for all
 * @param open groups whose nodes are drawn inside a frame
 */
export function foldGraph(
  graph: GraphView,
  folded: readonly NodeGroup[],
  included: ReadonlySet<string> | null,
  open: readonly NodeGroup[] = [],
): FoldedGraph {
  if (folded.length === 0 && included === null && open.length === 0) return unfoldedGraph(graph);
  const nodesIncluded = graph.nodes.filter((node) => included?.has(node.name) ?? true);
  const present = new Map(nodesIncluded.map((node) => [node.name, node]));
  const groups = folded
    .map((group) => filterGroup(group, (name) => present.has(name)))
    .filter((group) => group.members.length > 0);
  const drawnAs = new Map(groups.flatMap(({ id, members }) => members.map((name) => [name, id])));
  const nodes: DisplayNode[] = nodesIncluded.filter((node) => !drawnAs.has(node.name));
  for (const group of groups) nodes.push(groupNode(group, present));
  const edges = mergeEdges(
    graph.edges.filter(({ source, target }) => present.has(source) && present.has(target)),
    drawnAs,
  );
  const problems = graph.problems.map((problem) => ({
    ...problem,
    node: problem.node === null ? null : (drawnAs.get(problem.node) ?? problem.node),
  }));
  const frames = open
    .map(({ id, label, members }) => ({ id, label, members: members.filter((name) => present.has(name)) }))
    .filter(({ members }) => members.length > 0);
  return { graph: { ...graph, nodes, edges, problems, frames }, fullGraph: graph, drawnAs };
}

/**
 * Return the run of each drawn node. A group gets the state of its most notable member, and the total duration of its members'
 * calls.
 */
export function foldRuns({ graph }: FoldedGraph, runs: Record<string, NodeRun>): Record<string, NodeRun> {
  const groups = graph.nodes.flatMap((node) => node.group ?? []);
  if (groups.length === 0) return runs;
  return { ...runs, ...Object.fromEntries(groups.map((group) => [group.id, groupRun(group, runs)])) };
}

function groupRun(group: NodeGroup, runs: Record<string, NodeRun>): NodeRun {
  const state = groupState(group, runs);
  const durations = group.computed.flatMap((name) => getOwn(runs, name)?.seconds ?? []);
  return durations.length === 0 ? { state } : { state, seconds: durations.reduce((sum, seconds) => sum + seconds, 0) };
}

/** All states of nodes, most notable first. A group has the first of these states that any of its members has. */
const STATE_PRIORITY: readonly NodeState[] = [
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
  return STATE_PRIORITY.find((state) => states.has(state)) ?? "idle";
}

/** Return the group with only the members that `includes` accepts. */
export function filterGroup(group: NodeGroup, includes: (name: string) => boolean): NodeGroup {
  return { ...group, members: group.members.filter(includes), computed: group.computed.filter(includes) };
}

export function stateCounts({ computed }: NodeGroup, runs: Record<string, NodeRun>): [NodeState, number][] {
  const states = computed.map((name) => getOwn(runs, name)?.state ?? "idle");
  return STATE_PRIORITY.map((state): [NodeState, number] => [
    state,
    states.filter((nodeState) => nodeState === state).length,
  ]).filter(([, count]) => count > 0);
}

export function nodeCountText(count: number): string {
  return count === 1 ? "1 node" : `${count} nodes`;
}

/** Merge the edges between each pair of drawn nodes. A merged edge is optional if all its edges are. */
function mergeEdges(edges: readonly EdgeView[], drawnAs: ReadonlyMap<string, string>): EdgeView[] {
  const merged = new Map<string, EdgeView>();
  for (const edge of edges) {
    const source = drawnAs.get(edge.source) ?? edge.source;
    const target = drawnAs.get(edge.target) ?? edge.target;
    if (source === target && edge.source !== edge.target) continue;
    const key = edgeKey({ source, target });
    const optional = edge.optional && (merged.get(key)?.optional ?? true);
    merged.set(key, { source, target, optional });
  }
  return [...merged.values()];
}

function groupNode(group: NodeGroup, present: ReadonlyMap<string, NodeView>): DisplayNode {
  return {
    name: group.id,
    kind: "function",
    type: nodeCountText(group.members.length),
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
