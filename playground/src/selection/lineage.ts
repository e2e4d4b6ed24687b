/** Upstream and downstream nodes. */

import type { EdgeView } from "../protocol.ts";

export interface Lineage {
  upstream: ReadonlySet<string>;
  downstream: ReadonlySet<string>;
}

export function upstreamOf(edges: readonly EdgeView[], name: string): Set<string> {
  return reachable([name], neighborsOf(edges, "upstream"));
}

export function downstreamOf(edges: readonly EdgeView[], name: string): Set<string> {
  return reachable([name], neighborsOf(edges, "downstream"));
}

/** Return the direct neighbors of each node, in one direction. */
export function neighborsOf(edges: readonly EdgeView[], way: "upstream" | "downstream"): Map<string, string[]> {
  const onward = new Map<string, string[]>();
  for (const { source, target } of edges) {
    if (way === "upstream") listFor(onward, target).push(source);
    else listFor(onward, source).push(target);
  }
  return onward;
}

/** Return the nodes reachable in at most `steps` steps. A starting node is included only if a path leads back to it. */
export function reachable(
  names: Iterable<string>,
  onward: ReadonlyMap<string, readonly string[]>,
  steps = Number.POSITIVE_INFINITY,
): Set<string> {
  const found = new Set<string>();
  let open = [...names];
  for (let step = 0; step < steps && open.length > 0; step += 1) {
    const next: string[] = [];
    for (const name of open) {
      for (const neighbor of onward.get(name) ?? []) {
        if (found.has(neighbor)) continue;
        found.add(neighbor);
        next.push(neighbor);
      }
    }
    open = next;
  }
  return found;
}

/** Return the lineage of a node, which contains the node only if it is part of a cycle. */
export function lineageOf(graph: { edges: readonly EdgeView[] }, name: string): Lineage {
  return { upstream: upstreamOf(graph.edges, name), downstream: downstreamOf(graph.edges, name) };
}

/** Return the direct dependencies of each node, in the order of the edges. */
export function dependenciesByName(edges: readonly EdgeView[]): Map<string, string[]> {
  return neighborsOf(edges, "upstream");
}

function listFor(lists: Map<string, string[]>, key: string): string[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
