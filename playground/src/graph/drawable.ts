/** The drawable part of a graph: each name once, and each edge between existing nodes once. */

import type { EdgeView } from "../protocol.ts";
import { type DisplayFrame, type DisplayGraph, type DisplayNode, edgeKey } from "./display-graph.ts";
import type { Layout } from "./layout.ts";
import { measureNode } from "./measure.ts";

export interface DrawableGraph {
  nodes: DisplayNode[];
  edges: EdgeView[];
  frames: readonly DisplayFrame[];
}

/** Drop duplicate names, and edges to or from missing nodes. A graph with errors may have both. */
export function drawableGraph(graph: DisplayGraph): DrawableGraph {
  const nodes = new Map<string, DisplayNode>();
  for (const node of graph.nodes) if (!nodes.has(node.name)) nodes.set(node.name, node);
  const edges = new Map<string, EdgeView>();
  for (const edge of graph.edges) {
    const key = edgeKey(edge);
    if (nodes.has(edge.source) && nodes.has(edge.target) && !edges.has(key)) edges.set(key, edge);
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()], frames: graph.frames ?? [] };
}

/** Return whether a layout fits a graph, so that no new layout is needed. */
export function isLayoutOf(layout: Layout, graph: DisplayGraph): boolean {
  const { nodes, edges, frames } = drawableGraph(graph);
  if (nodes.length !== layout.nodes.length || edges.length !== layout.edges.length) return false;
  if (JSON.stringify(frames.map(frameKey)) !== JSON.stringify(layout.frames.map(frameKey))) return false;
  const widths = new Map(layout.nodes.map((node) => [node.name, node.width]));
  if (nodes.some((node) => widths.get(node.name) !== measureNode(node).width)) return false;
  const keys = new Set(layout.edges.map(edgeKey));
  return edges.every((edge) => keys.has(edgeKey(edge)));
}

function frameKey({ label, members }: DisplayFrame): readonly string[] {
  return [label, ...members];
}
