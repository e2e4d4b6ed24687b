import { describe, expect, test } from "vitest";
import type { GraphChange, GraphView } from "../../src/protocol.ts";
import { GraphVersions } from "../../src/runtime/graph-versions.ts";
import { nodeOf } from "../graph/graphs.ts";

const [PRICE, TAX, TOTAL] = ["price", "tax", "total"].map((name) => nodeOf(name));
const EDGES = [{ source: "price", target: "total", optional: false }];
const WHOLE: GraphView = { nodes: [PRICE, TAX, TOTAL], edges: EDGES, problems: [] } as GraphView;
const NOTHING: GraphChange = { since: 1, nodes: [], order: null, edges: null, problems: [] };

/** Return the page's graph after it has received a full graph and then a change to that graph. */
function changedBy(change: GraphChange): GraphView {
  const versions = new GraphVersions();
  versions.complete("a", WHOLE, 1, undefined);
  return versions.complete("a", change, 2, versions.latest("a"));
}

describe("the graphs on the page", () => {
  test("an empty change leaves the graph as it was, with the same nodes", () => {
    const graph = changedBy(NOTHING);
    expect(graph).toEqual(WHOLE);
    expect(graph.nodes[0]).toBe(PRICE);
    expect(graph.edges).toBe(EDGES);
  });

  test("nodes are changed, added and removed, in the order of the change", () => {
    const other = { ...nodeOf("tax"), doc: "What is paid." };
    const added = nodeOf("last");
    const graph = changedBy({ ...NOTHING, nodes: [other, added], order: ["last", "tax", "price"], edges: [] });
    expect(graph).toEqual({ nodes: [added, other, PRICE], edges: [], problems: [] });
  });

  test("problems and config come from the change", () => {
    const config = { kind: { kind: "json", choices: [], default: null } } as const;
    expect(changedBy({ ...NOTHING, config: { ...config } as never })).toEqual({ ...WHOLE, config });
  });

  test.each<[string, GraphChange]>([
    ["based on another version", { ...NOTHING, since: 2 }],
    ["with an unknown node", { ...NOTHING, order: ["price", "constructor"] }],
  ])("a change %s is refused, and the next request asks for the full graph", (_, change) => {
    const versions = new GraphVersions();
    versions.complete("a", WHOLE, 1, undefined);
    expect(() => versions.complete("a", change, 2, versions.latest("a"))).toThrow(
      "Python sent a change to an unknown graph.",
    );
    expect(versions.latest("a")).toBeUndefined();
  });

  test("a graph without a version is not a base for changes", () => {
    const versions = new GraphVersions();
    versions.complete("a", WHOLE, 1, undefined);
    versions.complete("a", WHOLE, undefined, undefined);
    expect(versions.latest("a")).toBeUndefined();
  });

  test("graphs are forgotten when their session is closed or Python ends", () => {
    const versions = new GraphVersions();
    for (const session of ["a", "b"]) versions.complete(session, WHOLE, 1, undefined);
    versions.close("a");
    expect([versions.latest("a"), versions.latest("b")?.version]).toEqual([undefined, 1]);
    versions.forget();
    expect(versions.latest("b")).toBeUndefined();
  });
});
