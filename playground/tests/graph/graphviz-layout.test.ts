import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { beforeAll, describe, expect, test } from "vitest";
import type { DisplayGraph } from "../../src/graph/display-graph.ts";
import { drawableGraph, isLayoutOf } from "../../src/graph/drawable.ts";
import { computeLayout } from "../../src/graph/graphviz-layout.ts";
import type { LaidOutNode, Layout } from "../../src/graph/layout.ts";
import { measureCaption, measureNode } from "../../src/graph/measure.ts";
import { withModuleFrames } from "../../src/graph/module-frames.ts";
import { edgeOf, graphOf, inModules, nodeOf, randomGraph } from "./graphs.ts";

const WIDE = { width: 900, height: 300 };
const TALL = { width: 300, height: 900 };
const SEEDS = Array.from({ length: 25 }, (_, seed) => seed);

let graphviz: Graphviz;
beforeAll(async () => {
  graphviz = await Graphviz.load();
});

describe("a layout by Graphviz", () => {
  test.each(SEEDS)(
    "draws every part of random graph %i at its size, inside the picture and without overlaps",
    (seed) => {
      const graph = randomGraph(seed);
      const layout = computeLayout(graphviz, graph, seed % 2 === 0 ? WIDE : TALL);
      expect(layout.nodes.map((node) => node.name).sort()).toEqual(graph.nodes.map((node) => node.name).sort());
      expect(layout.edges).toHaveLength(drawableGraph(graph).edges.length);
      expect(isLayoutOf(layout, graph)).toBe(true);
      const widths = new Map(graph.nodes.map((node) => [node.name, measureNode(node).width]));
      for (const node of layout.nodes) {
        expect(node.width).toBe(widths.get(node.name));
        expect(isWithin(node, layout)).toBe(true);
      }
      expect(overlapping(layout.nodes)).toEqual([]);
    },
  );

  test.each(SEEDS)(
    "draws every edge of random graph %i from the border of its source to the border of its target",
    (seed) => {
      const layout = computeLayout(graphviz, randomGraph(seed), WIDE);
      const nodesByName = new Map(layout.nodes.map((node) => [node.name, node]));
      for (const edge of layout.edges) {
        const [start] = pointsOf(edge.path);
        const [, tip] = pointsOf(edge.head);
        expect(fromBorder(nodesByName.get(edge.source), start)).toBeLessThan(1.5);
        expect(fromBorder(nodesByName.get(edge.target), tip)).toBeLessThan(1.5);
      }
    },
  );

  test.each(SEEDS)("frames the nodes of each module of random graph %i, and no other node", (seed) => {
    const graph = withModuleFrames(inModules(randomGraph(seed)));
    const layout = computeLayout(graphviz, graph, seed % 2 === 0 ? WIDE : TALL);
    expect(isLayoutOf(layout, graph)).toBe(true);
    expect(layout.frames.map(({ label, members }) => ({ label, members }))).toEqual(
      (graph.frames ?? []).map(({ label, members }) => ({ label, members })),
    );
    for (const frame of layout.frames) {
      expect(frame.width).toBeGreaterThanOrEqual(measureCaption(frame.label).width);
      for (const node of layout.nodes) {
        const shared = overlapping([{ ...frame, name: frame.label }, node]).length > 0;
        expect(shared).toBe(frame.members.includes(node.name));
      }
    }
    expect(overlapping(layout.frames.map((frame) => ({ ...frame, name: frame.label })))).toEqual([]);
  });

  test("has no frames for a dataflow with one module", () => {
    expect(computeLayout(graphviz, withModuleFrames(graphOf("a > b")), WIDE).frames).toEqual([]);
  });

  test("runs down a tall pane and across a wide one", () => {
    const chain = graphOf("a > b", "b > c", "c > d", "d > e", "e > f", "f > g");
    expect(computeLayout(graphviz, chain, TALL).direction).toBe("TB");
    expect(computeLayout(graphviz, chain, WIDE).direction).toBe("LR");
  });

  test("estimates the direction of a large graph and lays it out once", () => {
    const chain = graphOf(...Array.from({ length: 80 }, (_, index) => `n${index} > n${index + 1}`));
    let calls = 0;
    const counting = {
      layout: (dot: string): string => {
        calls += 1;
        return graphviz.layout(dot, "json", "dot");
      },
    };
    expect(computeLayout(counting, chain, TALL).direction).toBe("TB");
    expect(computeLayout(counting, chain, WIDE).direction).toBe("LR");
    expect(calls).toBe(2);
  });

  test("tightens the spacing in a small pane", () => {
    const chain = graphOf("a > b", "b > c", "c > d", "d > e", "e > f", "f > g");
    const roomy = computeLayout(graphviz, chain, { width: 300, height: 900 });
    const narrow = computeLayout(graphviz, chain, { width: 120, height: 300 });
    expect(narrow.height).toBeLessThan(roomy.height * 0.9);
    expect(overlapping(narrow.nodes)).toEqual([]);
  });

  test("is the same for the same graph and pane", () => {
    const graph = randomGraph(7);
    expect(computeLayout(graphviz, graph, WIDE)).toEqual(computeLayout(graphviz, graph, WIDE));
  });

  test("places sources before the nodes that depend on them", () => {
    const layout = computeLayout(graphviz, graphOf("a > b", "b > c"), TALL);
    const tops = new Map(layout.nodes.map((node) => [node.name, node.y]));
    expect(tops.get("a")).toBeLessThan(tops.get("b") ?? 0);
    expect(tops.get("b")).toBeLessThan(tops.get("c") ?? 0);
  });

  test("of no nodes is empty and does not call Graphviz", () => {
    const silent = { layout: () => expect.unreachable() };
    expect(computeLayout(silent, { nodes: [], edges: [], problems: [] }, WIDE).nodes).toEqual([]);
  });

  test("draws a cycle, and a node that depends on itself", () => {
    const layout = computeLayout(graphviz, graphOf("a > b", "b > a", "c > c"), WIDE);
    expect(layout.edges).toHaveLength(3);
    expect(overlapping(layout.nodes)).toEqual([]);
  });

  test("preserves optional edges", () => {
    const graph = graphOf("a > b");
    graph.edges.push(edgeOf("c", "b", true));
    graph.nodes.push(nodeOf("c"));
    const layout = computeLayout(graphviz, graph, WIDE);
    expect(layout.edges.map((edge) => [edge.source, edge.optional]).sort()).toEqual([
      ["a", false],
      ["c", true],
    ]);
  });
});

const many = (count: number, lines: (index: number) => string[]): string[] =>
  Array.from({ length: count }, (_, index) => lines(index)).flat();

/**
 * Graphs of independent nodes. The optional last item is the minimum share of the pane that the nodes must fill. It replaces
 * the default where lines and frames take more room than usual.
 */
const INDEPENDENT: [string, () => DisplayGraph, share?: number][] = [
  ["60 functions without parameters", () => graphOf(...many(60, (at) => [`f${at}`]))],
  ["400 functions without parameters", () => graphOf(...many(400, (at) => [`f${at}`]))],
  ["200 features of one input", () => graphOf(...many(200, (at) => [`input > f${at}`]))],
  ["60 inputs of one output", () => graphOf(...many(60, (at) => [`i${at} > output`]))],
  [
    "90 features between an input and an output",
    () => graphOf(...many(90, (at) => [`input > f${at}`, `f${at} > output`])),
  ],
  ["30 inputs of 30 functions", () => graphOf(...many(30, (at) => many(30, (other) => [`i${at} > f${other}`])))],
  ["60 pairs", () => graphOf(...many(60, (at) => [`a${at} > b${at}`]))],
  ["a chain beside 40 functions", () => graphOf("a > b", "b > c", "c > d", ...many(40, (at) => [`f${at}`]))],
  [
    "features of two inputs in two modules",
    () => withModuleFrames(inModules(graphOf(...many(40, (at) => [`x > f${at}`, `y > g${at}`])))),
    0.08,
  ],
];

describe.each(INDEPENDENT.map(([name, build, share]) => [name, build, share ?? 0.2] as const))(
  "%s",
  (_, build, share) => {
    test.each([
      ["wide", { width: 770, height: 430 }],
      ["narrow", { width: 366, height: 560 }],
      ["square", { width: 600, height: 600 }],
    ])("fit a %s pane without overlaps", (_shape, pane) => {
      const graph = build();
      const layout = computeLayout(graphviz, graph, pane);
      expect(isLayoutOf(layout, graph)).toBe(true);
      expect(overlapping(layout.nodes)).toEqual([]);
      for (const node of layout.nodes) expect(isWithin(node, layout)).toBe(true);
      const places = new Map(layout.nodes.map((node) => [node.name, node]));
      for (const edge of layout.edges) {
        expect(fromBorder(places.get(edge.source), pointsOf(edge.path)[0])).toBeLessThan(1.5);
        expect(fromBorder(places.get(edge.target), pointsOf(edge.head)[1])).toBeLessThan(1.5);
      }
      // In a single row or column, this many nodes would fill almost none of the pane.
      const scale = Math.min(pane.width / layout.width, pane.height / layout.height);
      const filled = layout.nodes.reduce((sum, { width, height }) => sum + width * height, 0) * scale ** 2;
      if (scale < 1) expect(filled / (pane.width * pane.height)).toBeGreaterThan(share);
      for (const frame of layout.frames) {
        for (const name of frame.members) {
          const node = places.get(name);
          expect(node && node.x >= frame.x && node.x + node.width <= frame.x + frame.width + 0.2).toBe(true);
        }
      }
    });
  },
);

test("nodes in a grid keep their source order", () => {
  const { nodes } = computeLayout(graphviz, graphOf(...many(60, (at) => [`f${at}`])), WIDE);
  const inOrder = [...nodes].sort((a, b) => a.y - b.y || a.x - b.x);
  expect(inOrder.map(({ name }) => name)).toEqual(many(60, (at) => [`f${at}`]));
});

test("edges in a grid do not cross nodes", () => {
  for (const pane of [WIDE, TALL]) {
    const layout = computeLayout(graphviz, graphOf(...many(40, (at) => [`input > f${at}`, `f${at} > output`])), pane);
    for (const { path, source, target } of layout.edges) {
      const corners = pointsOf(path);
      for (const node of layout.nodes) {
        if (node.name === source || node.name === target) continue;
        const hit = corners.some(
          ([x, y]) => x > node.x && x < node.x + node.width && y > node.y && y < node.y + node.height,
        );
        expect(hit).toBe(false);
      }
    }
  }
});

test("a small graph that fits keeps Graphviz's layout", () => {
  const graph = graphOf("a > b", "c", "d > e");
  const layout = computeLayout(graphviz, graph, { width: 770, height: 430 });
  expect(new Set(layout.nodes.map(({ y }) => y)).size).toBeLessThan(3);
});

describe("an existing layout", () => {
  test("fits another state of the same graph", () => {
    const layout = computeLayout(graphviz, graphOf("a > b", "a > c"), WIDE);
    const again = graphOf("a > c", "a > b");
    again.nodes = again.nodes.map((node) => ({ ...node, output: true, doc: "changed" }));
    expect(isLayoutOf(layout, again)).toBe(true);
  });

  test.each([
    ["an extra node", graphOf("a > b", "d")],
    ["an extra edge", graphOf("a > b", "b > a")],
    ["another name", graphOf("a > c")],
    ["no edge", graphOf("a", "b")],
    ["frames", withModuleFrames(inModules(graphOf("a > b")))],
  ])("does not fit %s", (_change, other) => {
    expect(isLayoutOf(computeLayout(graphviz, graphOf("a > b"), WIDE), other)).toBe(false);
  });

  test("does not fit a node that moved to another module", () => {
    const graph = withModuleFrames(inModules(graphOf("a > b", "c", "d")));
    const layout = computeLayout(graphviz, graph, WIDE);
    expect(isLayoutOf(layout, graph)).toBe(true);
    const nodes = graph.nodes.map((node) => (node.name === "a" ? { ...node, module: "m1" } : node));
    expect(isLayoutOf(layout, withModuleFrames({ ...graph, nodes }))).toBe(false);
  });

  test("does not fit a node that became wider", () => {
    const other = graphOf("a > b");
    other.nodes = other.nodes.map((node) => ({ ...node, type: "dict[str, DataFrame]" }));
    expect(isLayoutOf(computeLayout(graphviz, graphOf("a > b"), WIDE), other)).toBe(false);
  });
});

function isWithin(node: LaidOutNode, layout: Layout): boolean {
  const slack = 0.2;
  const across = node.x >= -slack && node.x + node.width <= layout.width + slack;
  return across && node.y >= -slack && node.y + node.height <= layout.height + slack;
}

function overlapping(nodes: LaidOutNode[]): [string, string][] {
  const apart = (a: LaidOutNode, b: LaidOutNode): boolean =>
    a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
  return nodes.flatMap((a, index) =>
    nodes
      .slice(index + 1)
      .filter((b) => !apart(a, b))
      .map((b): [string, string] => [a.name, b.name]),
  );
}

function pointsOf(path: string): [number, number][] {
  const numbers = (path.match(/-?[\d.]+/g) ?? []).map(Number);
  return Array.from({ length: numbers.length / 2 }, (_, index) => [
    numbers[2 * index] ?? 0,
    numbers[2 * index + 1] ?? 0,
  ]);
}

function fromBorder(node: LaidOutNode | undefined, point: [number, number] | undefined): number {
  if (node === undefined || point === undefined) return Number.POSITIVE_INFINITY;
  const across = Math.abs(point[0] - (node.x + node.width / 2)) - node.width / 2;
  const down = Math.abs(point[1] - (node.y + node.height / 2)) - node.height / 2;
  return Math.abs(Math.max(across, down));
}
