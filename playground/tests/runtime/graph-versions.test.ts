import { describe, expect, test } from "vitest";
import type { GraphChange, GraphView } from "../../src/protocol.ts";
import { GraphVersions } from "../../src/runtime/graph-versions.ts";
import { nodeOf } from "../graph/graphs.ts";

const [PRICE, TAX, TOTAL] = ["price", "tax", "total"].map((name) => nodeOf(name));
const EDGES = [{ source: "price", target: "total", optional: false }];
const WHOLE: GraphView = { nodes: [PRICE, TAX, TOTAL], edges: EDGES, problems: [] } as GraphView;
const NOTHING: GraphChange = { since: 1, nodes: [], order: null, edges: null, problems: [] };

/** What the page has after it was told a whole graph, and then a change of it. */
function changedBy(change: GraphChange): GraphView {
  const versions = new GraphVersions();
  versions.completed("a", WHOLE, 1, undefined);
  return versions.completed("a", change, 2, versions.latest("a"));
}

describe("the graphs that the page has", () => {
  test("a change of nothing is the graph as it was, with the same nodes", () => {
    const graph = changedBy(NOTHING);
    expect(graph).toEqual(WHOLE);
    expect(graph.nodes[0]).toBe(PRICE);
    expect(graph.edges).toBe(EDGES);
  });

  test("nodes change, come and go, in the order that is told", () => {
    const other = { ...nodeOf("tax"), doc: "What is paid." };
    const added = nodeOf("last");
    const graph = changedBy({ ...NOTHING, nodes: [other, added], order: ["last", "tax", "price"], edges: [] });
    expect(graph).toEqual({ nodes: [added, other, PRICE], edges: [], problems: [] });
  });

  test("problems and config are those that are told", () => {
    const config = { kind: { kind: "json", choices: [], default: null } } as const;
    expect(changedBy({ ...NOTHING, config: { ...config } as never })).toEqual({ ...WHOLE, config });
  });

  test.each<[string, GraphChange]>([
    ["of another version", { ...NOTHING, since: 2 }],
    ["with a node that is not there", { ...NOTHING, order: ["price", "constructor"] }],
  ])("a change %s is refused, and the next graph is asked for as a whole", (_, change) => {
    const versions = new GraphVersions();
    versions.completed("a", WHOLE, 1, undefined);
    expect(() => versions.completed("a", change, 2, versions.latest("a"))).toThrow(
      "a graph that the page does not have",
    );
    expect(versions.latest("a")).toBeUndefined();
  });

  test("a graph without a version is no base for changes", () => {
    const versions = new GraphVersions();
    versions.completed("a", WHOLE, 1, undefined);
    versions.completed("a", WHOLE, undefined, undefined);
    expect(versions.latest("a")).toBeUndefined();
  });

  test("nothing is kept of sessions that are closed, or of a Python that has ended", () => {
    const versions = new GraphVersions();
    for (const session of ["a", "b"]) versions.completed(session, WHOLE, 1, undefined);
    versions.close("a");
    expect([versions.latest("a"), versions.latest("b")?.version]).toEqual([undefined, 1]);
    versions.forget();
    expect(versions.latest("b")).toBeUndefined();
  });
});
