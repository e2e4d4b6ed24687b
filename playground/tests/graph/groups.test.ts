import { describe, expect, test } from "vitest";
import { edgeKey } from "../../src/graph/display-graph.ts";
import { foldGraph, foldRuns, groupState } from "../../src/graph/folding.ts";
import { foldedGroupIds, groupsOf } from "../../src/graph/groups.ts";
import { lineageHighlight } from "../../src/graph/lineage-highlight.ts";
import type { GraphView, NodeRun } from "../../src/protocol.ts";
import { edgeOf, graphOf, inModules, nodeOf, randomGraph } from "./graphs.ts";

const SEEDS = Array.from({ length: 25 }, (_, seed) => seed);

/** rate > a > b in one module, b > c > d in another; `rate` is an input. */
function twoModules(): GraphView {
  const graph = graphOf("rate > a", "a > b", "b > c", "a > c", "c > d");
  graph.nodes = graph.nodes.map((node) =>
    node.name === "rate"
      ? nodeOf("rate", { kind: "input", module: null })
      : { ...node, module: node.name < "c" ? "early" : "late" },
  );
  return graph;
}

describe("groups", () => {
  test("are the modules, each with the inputs that only it uses", () => {
    expect(groupsOf(twoModules()).map(({ label, members }) => [label, members])).toEqual([
      ["early", ["a", "b", "rate"]],
      ["late", ["c", "d"]],
    ]);
  });

  test("do not exist in a small dataflow with one module", () => {
    expect(groupsOf(graphOf("a > b"))).toEqual([]);
  });

  test("exclude an input that two modules use", () => {
    const graph = twoModules();
    graph.edges.push(edgeOf("rate", "d"));
    expect(groupsOf(graph).flatMap((group) => group.members)).not.toContain("rate");
  });

  test("of a large module are split by the first words of names", () => {
    const nodes = ["price", "rain", "wind"].flatMap((word) =>
      Array.from({ length: 150 }, (_, index) => nodeOf(`${word}_${index}`)),
    );
    const groups = groupsOf({ nodes, edges: [], problems: [] });
    expect(groups.map(({ label, members }) => [label, members.length])).toEqual([
      ["flow: price…", 150],
      ["flow: rain…", 150],
      ["flow: wind…", 150],
    ]);
  });

  test("of a large module without common first words follow the order of the flow", () => {
    const chain = graphOf(...Array.from({ length: 2499 }, (_, index) => `n${index} > n${index + 1}`));
    const groups = groupsOf(chain);
    expect(groups.flatMap((group) => group.members)).toEqual(chain.nodes.map((node) => node.name));
    expect(Math.max(...groups.map((group) => group.members.length))).toBeLessThanOrEqual(300);
    expect(groups[0]?.label).toBe("flow: n0 … n277");
  });

  test("start unfolded in a small dataflow and folded in a large one", () => {
    const small = twoModules();
    const [early, late] = groupsOf(small);
    expect([...foldedGroupIds(small, groupsOf(small), {})]).toEqual([]);
    expect([...foldedGroupIds(small, groupsOf(small), { [late?.id ?? ""]: true })]).toEqual([late?.id]);
    const nodes = Array.from({ length: 500 }, (_, index) => nodeOf(`n${index}`, { module: `m${index % 5}` }));
    const large = { nodes, edges: [], problems: [] };
    expect(foldedGroupIds(large, groupsOf(large), {}).size).toBe(5);
    expect(foldedGroupIds(large, groupsOf(large), { "module m1": false }).has("module m1")).toBe(false);
    expect(early?.id).toContain(" ");
  });
});

describe("the drawn graph of a dataflow", () => {
  test.each(SEEDS)("contains each node or its group, and all paths between them (%i)", (seed) => {
    const graph = inModules(randomGraph(seed));
    const groups = groupsOf(graph).filter((_, index) => (seed >> index) % 2 === 0);
    const shown = foldGraph(graph, groups, null);
    const places = graph.nodes.map((node) => shown.drawnAs.get(node.name) ?? node.name);
    expect(new Set(shown.graph.nodes.map((node) => node.name))).toEqual(new Set(places));
    const drawn = (name: string): string => shown.drawnAs.get(name) ?? name;
    const ways = graph.edges
      .map(({ source, target }) => ({ source: drawn(source), target: drawn(target) }))
      .filter(({ source, target }) => source !== target);
    expect(new Set(shown.graph.edges.map(edgeKey))).toEqual(new Set(ways.map(edgeKey)));
    expect(shown.graph.edges.length).toBe(new Set(ways.map(edgeKey)).size);
  });

  test("is the dataflow itself if nothing is folded or hidden", () => {
    const graph = twoModules();
    expect(foldGraph(graph, [], null).graph).toBe(graph);
  });

  test("is limited to a selection", () => {
    const { graph } = foldGraph(twoModules(), [], new Set(["a", "c"]));
    expect(graph.nodes.map((node) => node.name)).toEqual(["a", "c"]);
    expect(graph.edges.map(edgeKey)).toEqual([edgeKey({ source: "a", target: "c" })]);
  });

  test("shows the problem of a folded node on its group", () => {
    const graph = twoModules();
    const problem = { kind: "x", severity: "error", message: "m", file: null, line: null, column: null } as const;
    graph.problems = [{ ...problem, node: "c", frames: [] }];
    expect(foldGraph(graph, groupsOf(graph), null).graph.problems[0]?.node).toBe("module late");
  });

  test.each<[string, Record<string, NodeRun>, string]>([
    ["one node failed", { c: { state: "succeeded" }, d: { state: "failed" } }, "failed"],
    ["one node ran", { c: { state: "reused" }, d: { state: "succeeded" } }, "succeeded"],
    ["all nodes were reused", { c: { state: "reused" }, d: { state: "reused" } }, "reused"],
    ["no node ran", {}, "idle"],
  ])("shows on a group that %s", (_what, runs, state) => {
    const graph = twoModules();
    const [, late] = groupsOf(graph);
    if (late === undefined) expect.unreachable();
    expect(groupState(late, runs)).toBe(state);
    expect(foldRuns(foldGraph(graph, [late], null), runs)["module late"]?.state).toBe(state);
  });

  test("shows on a group the duration of its calls in the latest run", () => {
    const graph = twoModules();
    const folded = foldGraph(graph, groupsOf(graph), null);
    const runs: Record<string, NodeRun> = { c: { state: "succeeded", seconds: 1 }, d: { state: "failed", seconds: 2 } };
    expect(foldRuns(folded, runs)["module late"]?.seconds).toBe(3);
    expect(foldRuns(folded, { c: { state: "reused" } })["module late"]).toEqual({ state: "reused" });
  });

  test("highlights the lineage in the dataflow, not in the folded graph", () => {
    const graph = graphOf("a > b", "x > y", "b > end", "y > other");
    const groups = [{ id: "module m", label: "m", members: ["b", "y"], computed: ["b", "y"] }];
    const shown = foldGraph(graph, groups, null);
    const light = lineageHighlight(graph, shown.drawnAs, "a");
    expect(light?.nodes).toEqual(new Set(["module m", "end"]));
    expect(light?.edges).toEqual(
      new Set([edgeKey({ source: "a", target: "module m" }), edgeKey({ source: "module m", target: "end" })]),
    );
  });
});
