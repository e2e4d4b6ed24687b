import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { beforeAll, describe, expect, test } from "vitest";
import { drawnOf, shows } from "../../src/graph/drawn.ts";
import { framed } from "../../src/graph/framed.ts";
import { layOut } from "../../src/graph/lay-out.ts";
import type { LaidOutNode, Layout } from "../../src/graph/layout.ts";
import { captionOf, faceOf } from "../../src/graph/measure.ts";
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
    "has every part of random graph %i, in its size, apart from the others and in the picture",
    (seed) => {
      const graph = randomGraph(seed);
      const layout = layOut(graphviz, graph, seed % 2 === 0 ? WIDE : TALL);
      expect(layout.nodes.map((node) => node.name).sort()).toEqual(graph.nodes.map((node) => node.name).sort());
      expect(layout.edges).toHaveLength(drawnOf(graph).edges.length);
      expect(shows(layout, graph)).toBe(true);
      const widths = new Map(graph.nodes.map((node) => [node.name, faceOf(node).width]));
      for (const node of layout.nodes) {
        expect(node.width).toBe(widths.get(node.name));
        expect(isWithin(node, layout)).toBe(true);
      }
      expect(overlapping(layout.nodes)).toEqual([]);
    },
  );

  test.each(SEEDS)(
    "leads every edge of random graph %i from the border of its source to the border of its target",
    (seed) => {
      const layout = layOut(graphviz, randomGraph(seed), WIDE);
      const places = new Map(layout.nodes.map((node) => [node.name, node]));
      for (const edge of layout.edges) {
        const [start] = pointsOf(edge.path);
        const [, tip] = pointsOf(edge.head);
        expect(fromBorder(places.get(edge.source), start)).toBeLessThan(1.5);
        expect(fromBorder(places.get(edge.target), tip)).toBeLessThan(1.5);
      }
    },
  );

  test.each(SEEDS)("frames the nodes of each module of random graph %i, and no other node", (seed) => {
    const graph = framed(inModules(randomGraph(seed)));
    const layout = layOut(graphviz, graph, seed % 2 === 0 ? WIDE : TALL);
    expect(shows(layout, graph)).toBe(true);
    expect(layout.frames.map(({ label, members }) => ({ label, members }))).toEqual(
      (graph.frames ?? []).map(({ label, members }) => ({ label, members })),
    );
    for (const frame of layout.frames) {
      expect(frame.width).toBeGreaterThanOrEqual(captionOf(frame.label).width);
      for (const node of layout.nodes) {
        const shared = overlapping([{ ...frame, name: frame.label }, node]).length > 0;
        expect(shared).toBe(frame.members.includes(node.name));
      }
    }
    expect(overlapping(layout.frames.map((frame) => ({ ...frame, name: frame.label })))).toEqual([]);
  });

  test("has no frames for a dataflow of one module", () => {
    expect(layOut(graphviz, framed(graphOf("a > b")), WIDE).frames).toEqual([]);
  });

  test("runs down a tall pane and across a wide one", () => {
    const chain = graphOf("a > b", "b > c", "c > d", "d > e", "e > f", "f > g");
    expect(layOut(graphviz, chain, TALL).direction).toBe("TB");
    expect(layOut(graphviz, chain, WIDE).direction).toBe("LR");
  });

  test("guesses the direction of a large graph and lays it out once", () => {
    const chain = graphOf(...Array.from({ length: 80 }, (_, index) => `n${index} > n${index + 1}`));
    let asked = 0;
    const counting = {
      layout: (dot: string): string => {
        asked += 1;
        return graphviz.layout(dot, "json", "dot");
      },
    };
    expect(layOut(counting, chain, TALL).direction).toBe("TB");
    expect(layOut(counting, chain, WIDE).direction).toBe("LR");
    expect(asked).toBe(2);
  });

  test("moves the parts closer together in a pane that is small for them", () => {
    const chain = graphOf("a > b", "b > c", "c > d", "d > e", "e > f", "f > g");
    const roomy = layOut(graphviz, chain, { width: 300, height: 900 });
    const narrow = layOut(graphviz, chain, { width: 120, height: 300 });
    expect(narrow.height).toBeLessThan(roomy.height * 0.9);
    expect(overlapping(narrow.nodes)).toEqual([]);
  });

  test("is the same for the same graph and pane", () => {
    const graph = randomGraph(7);
    expect(layOut(graphviz, graph, WIDE)).toEqual(layOut(graphviz, graph, WIDE));
  });

  test("lets sources stand before what they feed", () => {
    const layout = layOut(graphviz, graphOf("a > b", "b > c"), TALL);
    const tops = new Map(layout.nodes.map((node) => [node.name, node.y]));
    expect(tops.get("a")).toBeLessThan(tops.get("b") ?? 0);
    expect(tops.get("b")).toBeLessThan(tops.get("c") ?? 0);
  });

  test("of no nodes is empty, and asks nothing of Graphviz", () => {
    const silent = { layout: () => expect.unreachable() };
    expect(layOut(silent, { nodes: [], edges: [], problems: [] }, WIDE).nodes).toEqual([]);
  });

  test("draws a cycle and a node that needs itself", () => {
    const layout = layOut(graphviz, graphOf("a > b", "b > a", "c > c"), WIDE);
    expect(layout.edges).toHaveLength(3);
    expect(overlapping(layout.nodes)).toEqual([]);
  });

  test("keeps which edges are optional", () => {
    const graph = graphOf("a > b");
    graph.edges.push(edgeOf("c", "b", true));
    graph.nodes.push(nodeOf("c"));
    const layout = layOut(graphviz, graph, WIDE);
    expect(layout.edges.map((edge) => [edge.source, edge.optional]).sort()).toEqual([
      ["a", false],
      ["c", true],
    ]);
  });
});

describe("a layout that is there already", () => {
  test("shows another state of the same graph", () => {
    const layout = layOut(graphviz, graphOf("a > b", "a > c"), WIDE);
    const again = graphOf("a > c", "a > b");
    again.nodes = again.nodes.map((node) => ({ ...node, output: true, doc: "changed" }));
    expect(shows(layout, again)).toBe(true);
  });

  test.each([
    ["a node more", graphOf("a > b", "d")],
    ["an edge more", graphOf("a > b", "b > a")],
    ["another name", graphOf("a > c")],
    ["no edge", graphOf("a", "b")],
    ["frames", framed(inModules(graphOf("a > b")))],
  ])("does not show %s", (_change, other) => {
    expect(shows(layOut(graphviz, graphOf("a > b"), WIDE), other)).toBe(false);
  });

  test("does not show a node that has moved to another module", () => {
    const graph = framed(inModules(graphOf("a > b", "c", "d")));
    const layout = layOut(graphviz, graph, WIDE);
    expect(shows(layout, graph)).toBe(true);
    const nodes = graph.nodes.map((node) => (node.name === "a" ? { ...node, module: "m1" } : node));
    expect(shows(layout, framed({ ...graph, nodes }))).toBe(false);
  });

  test("does not show a node that has grown", () => {
    const other = graphOf("a > b");
    other.nodes = other.nodes.map((node) => ({ ...node, type: "dict[str, DataFrame]" }));
    expect(shows(layOut(graphviz, graphOf("a > b"), WIDE), other)).toBe(false);
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
