import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { describe, expect, it } from "vitest";
import type { Example } from "../../src/example.ts";
import { prerender } from "../../src/prerender/prerender.ts";
import type { GraphView } from "../../src/protocol.ts";

const GRAPH: GraphView = {
  nodes: [
    {
      name: "total",
      kind: "function",
      type: "int",
      doc: "<script>alert(1)</script>",
      tags: {},
      function: "total",
      module: "flow",
      file: "flow.py",
      line: 1,
      end: 2,
      output: true,
    },
  ],
  edges: [],
  problems: [],
};

const EXAMPLE: Example = {
  name: "one",
  title: "One & only",
  summary: "",
  credits: {},
  files: { "flow.py": 'def total() -> int:\n    return "<script>alert(2)</script>"\n' },
  outputs: ["total"],
  graph: GRAPH,
  run: {
    ok: true,
    seconds: 0.001,
    ran: 1,
    reused: 0,
    total: 1,
    nodes: { total: { state: "succeeded", seconds: 0 } },
    outputs: { total: { kind: "scalar", type: "int", text: "<script>alert(3)</script>" } },
    graph: GRAPH,
    problems: [],
  },
};

describe("a prerendered element", async () => {
  const html = await prerender(EXAMPLE, { example: "one", height: "400", title: '"quoted"' }, await Graphviz.load());

  it("has the code, the graph and the outputs in a declarative shadow root", () => {
    const text = html.replaceAll(/<!--.*?-->|<style>.*?<\/style>|<[^>]*>/gs, "");
    expect(html).toContain('<template shadowrootmode="open">');
    expect(text).toContain("def total() -&gt; int:");
    expect(text).toContain("One &amp; only");
    expect(html).toContain('data-node="total"');
    expect(html).toContain('data-output="total"');
  });

  it("keeps its attributes, and has its height before any script runs", () => {
    expect(html).toMatch(/^<hw-play example="one" height="400" title="&quot;quoted&quot;" style="--height: 400px">/);
  });

  it("has all styles of the live element in one minified style sheet", () => {
    const styles = /<style>(.*?)<\/style>/s.exec(html)?.[1];
    expect(styles).toContain(".tok-keyword{color:var(--code-keyword)}");
    expect(styles).toContain("dialog.drafts");
    expect(styles).not.toContain("\n  ");
  });

  it("shows Python's output as text", () => {
    expect(html).not.toMatch(/<script/);
  });

  it("has the graph's layout for the live element", () => {
    const layout = /data-layout="([^"]*)"/.exec(html)?.[1]?.replaceAll("&quot;", '"');
    expect(JSON.parse(layout ?? "").nodes[0].name).toBe("total");
  });
});
