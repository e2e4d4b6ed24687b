import { describe, expect, test } from "vitest";
import { ranksOf } from "../../src/graph/ranks.ts";
import { dependenciesByName, downstreamOf, lineageOf, upstreamOf } from "../../src/selection/lineage.ts";
import { graphOf, randomGraph } from "../graph/graphs.ts";

const DIAMOND = graphOf("a > b", "a > c", "b > d", "c > d", "d > e", "x");

describe("the lineage of a node", () => {
  test("contains everything upstream and everything downstream", () => {
    const { upstream, downstream } = lineageOf(DIAMOND, "d");
    expect([...upstream].sort()).toEqual(["a", "b", "c"]);
    expect([...downstream]).toEqual(["e"]);
  });

  test("is empty for an isolated node and for an unknown name", () => {
    for (const name of ["x", "nowhere"])
      expect(lineageOf(DIAMOND, name)).toEqual({ upstream: new Set(), downstream: new Set() });
  });

  test("terminates on a cycle", () => {
    const { edges } = graphOf("a > b", "b > c", "c > a");
    expect([...upstreamOf(edges, "a")].sort()).toEqual(["a", "b", "c"]);
  });

  test("follows a chain of 20,000 nodes", () => {
    const { edges } = graphOf(...Array.from({ length: 20_000 }, (_, index) => `n${index} > n${index + 1}`));
    expect(downstreamOf(edges, "n0").size).toBe(20_000);
  });

  test("agrees in both directions, on random graphs", () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const { nodes, edges } = randomGraph(seed);
      for (const { name } of nodes) {
        for (const source of upstreamOf(edges, name)) expect(downstreamOf(edges, source)).toContain(name);
      }
    }
  });

  test("lists the dependencies of a node in the order of its parameters", () => {
    expect(dependenciesByName(DIAMOND.edges).get("d")).toEqual(["b", "c"]);
  });
});

describe("the ranks of a graph", () => {
  const namesOf = (graph: Parameters<typeof ranksOf>[0]): string[][] =>
    ranksOf(graph).map((rank) => rank.map((node) => node.name));

  test("put each node after its dependencies", () => {
    expect(namesOf(DIAMOND)).toEqual([["a", "x"], ["b", "c"], ["d"], ["e"]]);
  });

  test("put nodes on a cycle, and those downstream of it, last", () => {
    expect(namesOf(graphOf("a > b", "b > c", "c > b", "c > d"))).toEqual([["a"], ["b", "c", "d"]]);
  });

  test("contain every node once, on random graphs", () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const graph = randomGraph(seed);
      expect(namesOf(graph).flat().sort()).toEqual(graph.nodes.map((node) => node.name).sort());
    }
  });
});
