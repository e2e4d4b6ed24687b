import { describe, expect, test } from "vitest";
import { dotOf } from "../../src/graph/dot.ts";
import { edgeOf, graphOf, nodeOf } from "./graphs.ts";

const HOSTILE = ['"]; evil -> x; n0 [label="', "<script>", "a\\", "n1 -> n0", "größe", "url(javascript:alert(1))"];

describe("the DOT of a graph", () => {
  test("contains numbers and no user text", () => {
    const nodes = HOSTILE.map((text) => nodeOf(text, { type: text, doc: text, module: text, function: text }));
    const edges = HOSTILE.slice(1).map((text) => edgeOf(text, HOSTILE[0] ?? ""));
    const frames = HOSTILE.map((text) => ({ id: text, label: text, members: [text] }));
    const dot = dotOf({ nodes, edges, problems: [], frames }, "TB");
    const known =
      /graph|digraph|subgraph|cluster\d+|margin|table|border|cellborder|fixedsize|<td><\/td>|<\/?tr>|<\/table>|<<|>>|rankdir|splines|nodesep|ranksep|pad|node|shape|fixedsize|label|edge|arrowsize|width|height|id|TB|true|box/g;
    expect(dot.replace(known, "").replace(/\b[ne]\d+\b/g, "")).toMatch(/^[\s{}[\]=,;"\->0-9.]*$/);
  });

  test("contains each node and edge once, numbered in order", () => {
    const dot = dotOf(graphOf("a > b", "a > c"), "LR");
    expect(dot).toContain("rankdir=LR");
    expect(dot.match(/^ {2}n\d \[/gm)).toHaveLength(3);
    expect(dot).toContain("n0 -> n1 [id=e0];");
    expect(dot).toContain("n0 -> n2 [id=e1];");
  });

  test("omits duplicate names and edges to missing nodes", () => {
    const graph = graphOf("a > b");
    graph.nodes.push(nodeOf("a"));
    graph.edges.push(edgeOf("a", "b"), edgeOf("nowhere", "b"));
    const dot = dotOf(graph, "TB");
    expect(dot.match(/^ {2}n\d \[/gm)).toHaveLength(2);
    expect(dot.match(/->/g)).toHaveLength(1);
  });
});
