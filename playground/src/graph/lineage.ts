/** What a node is made from, and what is made from it. */

import type { EdgeView } from "../protocol.ts";

export interface Lineage {
  upstream: ReadonlySet<string>;
  downstream: ReadonlySet<string>;
}

export function upstreamOf(edges: readonly EdgeView[], name: string): Set<string> {
  return reached(
    name,
    edges.map((edge) => [edge.target, edge.source]),
  );
}

export function downstreamOf(edges: readonly EdgeView[], name: string): Set<string> {
  return reached(
    name,
    edges.map((edge) => [edge.source, edge.target]),
  );
}

/** Neither set holds the node itself, unless it is part of a cycle. */
export function lineageOf(graph: { edges: readonly EdgeView[] }, name: string): Lineage {
  return { upstream: upstreamOf(graph.edges, name), downstream: downstreamOf(graph.edges, name) };
}

/** The names that each node needs, in the order of the edges. */
export function needsByName(edges: readonly EdgeView[]): Map<string, string[]> {
  const needs = new Map<string, string[]>();
  for (const { source, target } of edges) listedUnder(needs, target).push(source);
  return needs;
}

function reached(name: string, steps: [from: string, to: string][]): Set<string> {
  const onward = new Map<string, string[]>();
  for (const [from, to] of steps) listedUnder(onward, from).push(to);
  const found = new Set<string>();
  const open = [name];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const next of onward.get(node) ?? []) {
      if (found.has(next)) continue;
      found.add(next);
      open.push(next);
    }
  }
  return found;
}

function listedUnder(lists: Map<string, string[]>, key: string): string[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
