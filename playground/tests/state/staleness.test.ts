import { describe, expect, it } from "vitest";
import type { Given, NodeKind } from "../../src/protocol.ts";
import { type Asked, neededNodes, staleNodes } from "../../src/state/staleness.ts";
import { NOTHING_GIVEN } from "../../src/state/workspace.ts";
import { nodeOf } from "../graph/graphs.ts";

const EDGES = ["price total", "count total", "total shown", "price taxed"].map((pair) => {
  const [source = "", target = ""] = pair.split(" ");
  return { source, target, optional: false };
});

function asked(stamps: Record<string, string | undefined> = {}, given: Partial<Given> = {}): Asked {
  const named = (name: string, kind: NodeKind = "function") => {
    const stamp = name in stamps ? stamps[name] : "1";
    return nodeOf(name, { kind, ...(kind === "function" && stamp !== undefined ? { stamp } : {}) });
  };
  const nodes = [named("price"), named("count", "input"), named("total"), named("shown"), named("taxed")];
  return { graph: { nodes, edges: EDGES, problems: [] }, given: { ...NOTHING_GIVEN, ...given } };
}

describe("stale nodes", () => {
  it.each([
    ["none where nothing changed", {}, {}, []],
    ["a changed function and what depends on it", { total: "2" }, {}, ["total", "shown"]],
    ["all that depends on a changed function", { price: "2" }, {}, ["price", "total", "taxed", "shown"]],
    ["a function of which nothing is known", { taxed: undefined }, {}, ["taxed"]],
    ["what depends on another input", {}, { inputs: { count: "2" } }, ["count", "total", "shown"]],
    ["an overridden function and what depends on it", {}, { overrides: { total: "2" } }, ["total", "shown"]],
  ] as [string, Record<string, string | undefined>, Partial<Given>, string[]][])(
    "are %s",
    (_, stamps, given, stale) => {
      expect([...staleNodes(asked(stamps, given), asked())]).toEqual(stale);
    },
  );

  it("are not those behind a value that is given both times", () => {
    const given = { overrides: { total: "2" } };
    expect([...staleNodes(asked({ price: "2" }, given), asked({}, given))]).toEqual(["price", "taxed"]);
    expect([...staleNodes(asked({}, {}), asked({}, given))]).toEqual(["total", "shown"]);
  });

  it("are those that became another kind of node", () => {
    const before = asked();
    const nodes = before.graph.nodes.map((node) => (node.name === "count" ? nodeOf("count", { stamp: "1" }) : node));
    expect([...staleNodes(asked(), { ...before, graph: { ...before.graph, nodes } })]).toEqual([
      "count",
      "total",
      "shown",
    ]);
  });
});

describe("needed nodes", () => {
  it("are the outputs and what they need, or all", () => {
    expect([...neededNodes(asked().graph, ["total"])]).toEqual(["total", "price", "count"]);
    expect(neededNodes(asked().graph, null).size).toBe(5);
  });
});
