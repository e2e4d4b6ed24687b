/** A graph in Graphviz' own language. Nodes and edges go by their numbers: no text of a visitor enters it. */

import type { DisplayGraph } from "./display-graph.ts";
import { drawableGraph } from "./drawable.ts";
import type { Direction, Pane } from "./layout.ts";
import { measureCaption, measureNode } from "./measure.ts";

/** Graphviz measures nodes in inches and answers in points; one point is taken for one CSS pixel. */
const POINTS_PER_INCH = 72;
/** Curves around obstacles take most of the time; from here on straight pieces do. */
const MOST_CURVES = 400;

/** Pixels between neighbours of one rank, and between ranks. */
interface Gaps {
  beside: number;
  onward: number;
}

export type Spacing = "easy" | "tight";

const GAPS: Record<Spacing, Record<Direction, Gaps>> = {
  easy: { TB: { beside: 20, onward: 30 }, LR: { beside: 20, onward: 44 } },
  tight: { TB: { beside: 14, onward: 18 }, LR: { beside: 12, onward: 26 } },
};

/** Pixels between a frame and what is in it. */
const FRAME_MARGIN: Record<Spacing, number> = { easy: 12, tight: 8 };

/** @param sizes those of nodes that are no nodes of the dataflow, by name */
export function dotOf(
  graph: DisplayGraph,
  direction: Direction,
  spacing: Spacing = "easy",
  sizes: ReadonlyMap<string, Pane> = new Map(),
): string {
  const { nodes, edges, frames } = drawableGraph(graph);
  const number = new Map(nodes.map((node, index) => [node.name, index]));
  const { beside, onward } = GAPS[spacing][direction];
  const splines = edges.length > MOST_CURVES ? "polyline" : "true";
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
    const within = members.map((name) => `n${number.get(name)}`).join("; ");
    lines.push(
      `subgraph cluster${index} { graph [margin=${FRAME_MARGIN[spacing]}, label=${space(label)}]; ${within} }`,
    );
  });
  edges.forEach(({ source, target }, index) => {
    lines.push(`n${number.get(source)} -> n${number.get(target)} [id=e${index}]`);
  });
  return `digraph {\n${lines.map((line) => `  ${line};\n`).join("")}}\n`;
}

/** Nothing, of the size of a frame's caption: Graphviz sees no text. */
function space(label: string): string {
  const { width, height } = measureCaption(label);
  return `<<table border="0" cellborder="0" fixedsize="true" width="${width}" height="${height}"><tr><td></td></tr></table>>`;
}

function inches(pixels: number): string {
  return (pixels / POINTS_PER_INCH).toFixed(4);
}
