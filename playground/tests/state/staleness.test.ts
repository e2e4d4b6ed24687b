import { describe, expect, it } from "vitest";
import type { FieldTexts, Files, NodeKind, NodeView } from "../../src/protocol.ts";
import { type DataflowSnapshot, neededNodes, staleNodes } from "../../src/state/staleness.ts";
import { NO_VALUES } from "../../src/state/workspace.ts";
import { nodeOf } from "../graph/graphs.ts";

const EDGES = ["price total", "count total", "total shown", "price taxed"].map((pair) => {
  const [source = "", target = ""] = pair.split(" ");
  return { source, target, optional: false };
});

function snapshot(
  stamps: Record<string, string | undefined> = {},
  fieldTexts: Partial<FieldTexts> = {},
): DataflowSnapshot {
  const named = (name: string, kind: NodeKind = "function") => {
    const stamp = name in stamps ? stamps[name] : "1";
    return nodeOf(name, { kind, ...(kind === "function" && stamp !== undefined ? { stamp } : {}) });
  };
  const nodes = [named("price"), named("count", "input"), named("total"), named("shown"), named("taxed")];
  return { graph: { nodes, edges: EDGES, problems: [] }, fieldTexts: { ...NO_VALUES, ...fieldTexts }, files: {} };
}

function withFiles(files: Files, fieldTexts: Partial<FieldTexts>): DataflowSnapshot {
  return { ...snapshot({}, fieldTexts), files };
}

function withType(name: string, type: string, fieldTexts: Partial<FieldTexts>): DataflowSnapshot {
  const { graph, ...rest } = snapshot({}, fieldTexts);
  const retyped = (node: NodeView): NodeView => (node.name === name ? { ...node, type } : node);
  return { ...rest, graph: { ...graph, nodes: graph.nodes.map(retyped) } };
}

describe("stale nodes", () => {
  it.each([
    ["none if nothing changed", {}, {}, []],
    ["a changed function and what depends on it", { total: "2" }, {}, ["total", "shown"]],
    ["everything that depends on a changed function", { price: "2" }, {}, ["price", "total", "taxed", "shown"]],
    ["a function without a stamp", { taxed: undefined }, {}, ["taxed"]],
    ["a changed input and what depends on it", {}, { inputs: { count: "2" } }, ["count", "total", "shown"]],
    ["an overridden function and what depends on it", {}, { overrides: { total: "2" } }, ["total", "shown"]],
  ] as [string, Record<string, string | undefined>, Partial<FieldTexts>, string[]][])(
    "are %s",
    (_, stamps, fieldTexts, stale) => {
      expect([...staleNodes(snapshot(stamps, fieldTexts), snapshot())]).toEqual(stale);
    },
  );

  it("exclude nodes downstream of a value that is overridden before and after", () => {
    const fieldTexts = { overrides: { total: "2" } };
    expect([...staleNodes(snapshot({ price: "2" }, fieldTexts), snapshot({}, fieldTexts))]).toEqual(["price", "taxed"]);
    expect([...staleNodes(snapshot({}, {}), snapshot({}, fieldTexts))]).toEqual(["total", "shown"]);
  });

  const fromFile = { inputs: { count: "file:d.csv" } };

  it.each<[string, DataflowSnapshot, DataflowSnapshot, string[]]>([
    [
      "an input from a data file with different text",
      withFiles({ "d.csv": "2" }, fromFile),
      withFiles({ "d.csv": "1" }, fromFile),
      ["count", "total", "shown"],
    ],
    [
      "an input from a deleted data file",
      withFiles({}, fromFile),
      withFiles({ "d.csv": "1" }, fromFile),
      ["count", "total", "shown"],
    ],
    [
      "an input from an added data file",
      withFiles({ "d.csv": "1" }, fromFile),
      withFiles({}, fromFile),
      ["count", "total", "shown"],
    ],
    [
      "a node that is overridden from a data file with different text",
      withFiles({ "d.csv": "2" }, { overrides: { total: "file:d.csv" } }),
      withFiles({ "d.csv": "1" }, { overrides: { total: "file:d.csv" } }),
      ["total", "shown"],
    ],
    [
      "none if another file changed",
      withFiles({ "d.csv": "1", "e.csv": "2" }, fromFile),
      withFiles({ "d.csv": "1", "e.csv": "1" }, fromFile),
      [],
    ],
    [
      "none if a file changed that is named only in a pasted table",
      withFiles({ "d.csv": "2" }, { inputs: { count: "table:d.csv" } }),
      withFiles({ "d.csv": "1" }, { inputs: { count: "table:d.csv" } }),
      [],
    ],
    [
      "an entered input that is parsed as a different type",
      withType("count", "str = 5", { inputs: { count: "5" } }),
      withType("count", "int = 5", { inputs: { count: "5" } }),
      ["count", "total", "shown"],
    ],
    [
      "an overridden node that is read as a different type",
      withType("total", "Series", { overrides: { total: "table:a" } }),
      withType("total", "DataFrame", { overrides: { total: "table:a" } }),
      ["total", "shown"],
    ],
    ["none if the default of an input changed", withType("count", "int = 2", {}), withType("count", "int = 1", {}), []],
  ])("are %s", (_, now, before, stale) => {
    expect([...staleNodes(now, before)]).toEqual(stale);
  });

  it("include nodes whose kind changed", () => {
    const before = snapshot();
    const nodes = before.graph.nodes.map((node) => (node.name === "count" ? nodeOf("count", { stamp: "1" }) : node));
    expect([...staleNodes(snapshot(), { ...before, graph: { ...before.graph, nodes } })]).toEqual([
      "count",
      "total",
      "shown",
    ]);
  });
});

describe("needed nodes", () => {
  it("are the outputs and all nodes upstream of them, or all nodes if no outputs are chosen", () => {
    expect([...neededNodes(snapshot().graph, ["total"])]).toEqual(["total", "price", "count"]);
    expect(neededNodes(snapshot().graph, null).size).toBe(5);
  });
});
