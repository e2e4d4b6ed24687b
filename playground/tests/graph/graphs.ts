/** Graphs for tests: small ones written by hand, and random ones from a seed. */

import type { EdgeView, GraphView, NodeView } from "../../src/protocol.ts";

export function nodeOf(name: string, more: Partial<NodeView> = {}): NodeView {
  return {
    name,
    kind: "function",
    type: "int",
    doc: "",
    tags: {},
    function: name,
    module: "flow",
    file: "flow.py",
    line: 1,
    end: 2,
    output: false,
    ...more,
  };
}

export function edgeOf(source: string, target: string, optional = false): EdgeView {
  return { source, target, optional };
}

/** Build a graph from edges and single names: `graphOf("a > b", "a > c", "d")`. */
export function graphOf(...lines: string[]): GraphView {
  const names = new Set<string>();
  const edges: EdgeView[] = [];
  for (const line of lines) {
    const [source = "", target] = line.split(" > ");
    names.add(source);
    if (target === undefined) continue;
    names.add(target);
    edges.push(edgeOf(source, target));
  }
  return { nodes: [...names].map((name) => nodeOf(name)), edges, problems: [] };
}

/** Return a generator of reproducible numbers from 0 to 1 (mulberry32). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Return a random acyclic graph of up to 40 nodes, with names and types of many lengths. */
export function randomGraph(seed: number): GraphView {
  const next = random(seed);
  const count = 1 + Math.floor(next() * 40);
  const nodes = Array.from({ length: count }, (_, index) =>
    nodeOf(`node_${index}_${"x".repeat(Math.floor(next() * 40))}`, {
      kind: next() < 0.2 ? "input" : "function",
      type: "T".repeat(Math.floor(next() * 50)),
      output: next() < 0.2,
    }),
  );
  const edges = nodes.flatMap((target, index) =>
    nodes
      .slice(0, index)
      .filter(() => next() < 2 / count)
      .map((source) => edgeOf(source.name, target.name, next() < 0.2)),
  );
  return { nodes, edges, problems: [] };
}

/** Distribute the functions in a graph over three modules. */
export function inModules(graph: GraphView): GraphView {
  const nodes = graph.nodes.map((node, index) => ({ ...node, module: node.kind === "input" ? null : `m${index % 3}` }));
  return { ...graph, nodes };
}
