/** A graph in Graphviz' own language. Nodes and edges go by their numbers: no text of a visitor enters it. */

import type { GraphView } from "../protocol.ts";
import { drawnOf } from "./drawn.ts";
import type { Direction } from "./layout.ts";
import { faceOf } from "./measure.ts";

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

export function dotOf(graph: GraphView, direction: Direction, spacing: Spacing = "easy"): string {
  const { nodes, edges } = drawnOf(graph);
  const number = new Map(nodes.map((node, index) => [node.name, index]));
  const { beside, onward } = GAPS[spacing][direction];
  const splines = edges.length > MOST_CURVES ? "polyline" : "true";
  const lines = [
    `graph [rankdir=${direction}, splines=${splines}, nodesep=${inches(beside)}, ranksep=${inches(onward)}, pad=0]`,
    'node [shape=box, fixedsize=true, label=""]',
    "edge [arrowsize=0.7]",
  ];
  nodes.forEach((node, index) => {
    const { width, height } = faceOf(node);
    lines.push(`n${index} [width=${inches(width)}, height=${inches(height)}]`);
  });
  edges.forEach(({ source, target }, index) => {
    lines.push(`n${number.get(source)} -> n${number.get(target)} [id=e${index}]`);
  });
  return `digraph {\n${lines.map((line) => `  ${line};\n`).join("")}}\n`;
}

function inches(pixels: number): string {
  return (pixels / POINTS_PER_INCH).toFixed(4);
}
