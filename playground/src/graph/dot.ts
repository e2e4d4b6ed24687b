/** Graphs in the DOT language. Nodes and edges are numbered, so no user text reaches Graphviz. */

import type { DisplayGraph } from "./display-graph.ts";
import { drawableGraph } from "./drawable.ts";
import type { Direction, Pane } from "./layout.ts";
import { measureCaption, measureNode } from "./measure.ts";

/** Graphviz takes sizes in inches and returns positions in points. In this module, one point is one CSS pixel. */
const POINTS_PER_INCH = 72;
/** Graphs with more edges than this get polylines, because routing curves takes most of Graphviz's time. */
const MAX_CURVES = 400;

/** Pixels between the nodes of one rank, and between ranks. */
interface Gaps {
  siblings: number;
  ranks: number;
}

export type Spacing = "easy" | "tight";

const GAPS: Record<Spacing, Record<Direction, Gaps>> = {
  easy: { TB: { siblings: 20, ranks: 30 }, LR: { siblings: 20, ranks: 44 } },
  tight: { TB: { siblings: 14, ranks: 18 }, LR: { siblings: 12, ranks: 26 } },
};

/** Pixels between a frame and its nodes. */
const FRAME_MARGIN: Record<Spacing, number> = { easy: 12, tight: 8 };

/**
 * Return a graph in the DOT language.
 *
 * @param sizes the sizes of boxes that are not nodes in the dataflow, keyed by name
 */
export function dotOf(
  graph: DisplayGraph,
  direction: Direction,
  spacing: Spacing = "easy",
  sizes: ReadonlyMap<string, Pane> = new Map(),
): string {
  const { nodes, edges, frames } = drawableGraph(graph);
  const indexes = new Map(nodes.map((node, index) => [node.name, index]));
  const { siblings: beside, ranks: onward } = GAPS[spacing][direction];
  const splines = edges.length > MAX_CURVES ? "polyline" : "true";
  const lines = [
    `graph [rankdir=${direction}, splines=${splines}, nodesep=${inches(beside)}, ranksep=${inches(onward)}, pad=0]`,
    'node [shape=box, fixedsize=true, label=""]',
    "edge [arrowsize=0.7]",
  ];
  nodes.forEach((node, index) => {
    const { width, height } = sizes.get(node.name) ?? measureNode(node);
    lines.push(`n${index} [width=${inches(width)}, height=${inches(height)}]`);
  });
  frames.forEach(({ label, members }, index) => {
    const within = members.map((name) => `n${indexes.get(name)}`).join("; ");
    lines.push(
      `subgraph cluster${index} { graph [margin=${FRAME_MARGIN[spacing]}, label=${captionPlaceholder(label)}]; ${within} }`,
    );
  });
  edges.forEach(({ source, target }, index) => {
    lines.push(`n${indexes.get(source)} -> n${indexes.get(target)} [id=e${index}]`);
  });
  return `digraph {\n${lines.map((line) => `  ${line};\n`).join("")}}\n`;
}

/** Return an empty table with the size of a frame's caption, so that Graphviz leaves room for the caption. */
function captionPlaceholder(label: string): string {
  const { width, height } = measureCaption(label);
  return `<<table border="0" cellborder="0" fixedsize="true" width="${width}" height="${height}"><tr><td></td></tr></table>>`;
}

function inches(pixels: number): string {
  return (pixels / POINTS_PER_INCH).toFixed(4);
}
