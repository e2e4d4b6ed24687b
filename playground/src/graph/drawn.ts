/** What of a graph can be drawn: each name once, and the edges between such names once. */

import type { EdgeView } from "../protocol.ts";
import type { Layout } from "./layout.ts";
import { faceOf } from "./measure.ts";
import { edgeKey, type ShownFrame, type ShownGraph, type ShownNode } from "./shown-graph.ts";

export interface Drawn {
  nodes: ShownNode[];
  edges: EdgeView[];
  frames: readonly ShownFrame[];
}

/** A graph with errors may state a name twice, or an edge to a name that nothing makes. */
export function drawnOf(graph: ShownGraph): Drawn {
  const nodes = new Map<string, ShownNode>();
  for (const node of graph.nodes) if (!nodes.has(node.name)) nodes.set(node.name, node);
  const edges = new Map<string, EdgeView>();
  for (const edge of graph.edges) {
    const key = edgeKey(edge);
    if (nodes.has(edge.source) && nodes.has(edge.target) && !edges.has(key)) edges.set(key, edge);
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()], frames: graph.frames ?? [] };
}

/** Whether a layout still has the right places for a graph, so that none need be made. */
export function shows(layout: Layout, graph: ShownGraph): boolean {
  const { nodes, edges, frames } = drawnOf(graph);
  if (nodes.length !== layout.nodes.length || edges.length !== layout.edges.length) return false;
  if (JSON.stringify(frames.map(frameKey)) !== JSON.stringify(layout.frames.map(frameKey))) return false;
  const widths = new Map(layout.nodes.map((node) => [node.name, node.width]));
  if (nodes.some((node) => widths.get(node.name) !== faceOf(node).width)) return false;
  const keys = new Set(layout.edges.map(edgeKey));
  return edges.every((edge) => keys.has(edgeKey(edge)));
}

function frameKey({ label, members }: ShownFrame): readonly string[] {
  return [label, ...members];
}
