import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { render } from "@lit-labs/ssr";
import { collectResult } from "@lit-labs/ssr/lib/render-result.js";
import { beforeAll, describe, expect, test } from "vitest";
import { graphListTemplate } from "../../src/graph/graph-list.ts";
import { graphPaneTemplate } from "../../src/graph/graph-pane-template.ts";
import { graphTemplate } from "../../src/graph/graph-template.ts";
import { computeLayout } from "../../src/graph/graphviz-layout.ts";
import type { GraphView, NodeRun, ProblemView } from "../../src/protocol.ts";
import { graphOf, nodeOf } from "./graphs.ts";

const PANE = { width: 600, height: 400 };

let graphviz: Graphviz;
beforeAll(async () => {
  graphviz = await Graphviz.load();
});

/** Return the prerendered HTML, without Lit's comments. */
async function renderHtml(template: Parameters<typeof render>[0]): Promise<string> {
  return (await collectResult(render(template))).replace(/<!--.*?-->/g, "");
}

async function renderGraph(
  graph: GraphView,
  runs: Record<string, NodeRun> = {},
  selected: string | null = null,
): Promise<string> {
  return renderHtml(graphTemplate({ layout: computeLayout(graphviz, graph, PANE), graph, runs, selected }));
}

/** Return the opening tag of a node. */
function tagOf(html: string, name: string): string {
  return html.match(/<g\s[^>]*>/g)?.find((tag) => tag.includes(`data-node="${name}"`)) ?? "";
}

function problemOf(node: string, severity: ProblemView["severity"], message: string): ProblemView {
  return { kind: "cycle", severity, message, file: null, line: null, column: null, node, frames: [] };
}

describe("a drawn graph", () => {
  test("labels each node with its name, type, state and dependencies", async () => {
    const graph = graphOf("temp_rolling > anomaly", "seasonal_baseline > anomaly");
    const html = await renderGraph(graph, { anomaly: { state: "succeeded" } });
    expect(tagOf(html, "anomaly")).toContain(
      'aria-label="anomaly, int, succeeded, depends on temp_rolling and seasonal_baseline"',
    );
    expect(tagOf(html, "temp_rolling")).toContain('aria-label="temp_rolling, int, not run"');
  });

  test("shows the duration of slow calls, except in a comparison", async () => {
    const graph = graphOf("load > total");
    const runs: Record<string, NodeRun> = {
      load: { state: "succeeded", seconds: 1.24 },
      total: { state: "succeeded", seconds: 0.01 },
    };
    const html = await renderGraph(graph, runs);
    expect(tagOf(html, "load")).toContain('aria-label="load, int, 1.2 s, succeeded"');
    expect(tagOf(html, "total")).toContain('aria-label="total, int, succeeded, depends on load"');
    expect(html.match(/class="badge"/g)).toHaveLength(1);
    const layout = computeLayout(graphviz, graph, PANE);
    const changes = { nodes: {}, edge: () => "same" as const };
    expect(await renderHtml(graphTemplate({ layout, graph, runs, selected: null, changes }))).not.toContain(
      'class="badge"',
    );
  });

  describe("with a function that is called once for each element", () => {
    const { nodes, ...rest } = graphOf("word > length");
    const graph = {
      ...rest,
      nodes: nodes.map((node) => (node.name === "length" ? { ...node, each: ["word"] } : node)),
    };
    const progressBar = (html: string): string[] => html.match(/<g class="progress">.*?<\/g>/s) ?? [];

    test("names the elements and stacks the boxes", async () => {
      const html = await renderGraph(graph);
      expect(tagOf(html, "length")).toContain('aria-label="length, int for each word, not run, depends on word"');
      expect(html.match(/class="box behind"/g)).toHaveLength(2);
    });

    test.each([
      [{ state: "running", elements: { computed: 120, total: 1_000 } }, "120 / 1,000, running"],
      [{ state: "succeeded", elements: { computed: 3, total: 3 } }, "× 3, succeeded"],
      [{ state: "reused", elements: { computed: 0, total: 0 } }, "× 0, reused"],
      [{ state: "failed", seconds: 1.24, elements: { computed: 2, total: 3 } }, "2 / 3 · 1.2 s, failed"],
    ] as [NodeRun, string][])("shows the progress of the run %j", async (run, text) => {
      const html = await renderGraph(graph, { length: run });
      expect(tagOf(html, "length")).toContain(`aria-label="length, int for each word, ${text}, depends on word"`);
      expect(html).toContain(`>${text.slice(0, text.lastIndexOf(","))}</text>`);
      expect(progressBar(html)).toHaveLength(run.state === "running" ? 1 : 0);
    });

    test("keeps the progress bar inside the box, whatever Python reports", async () => {
      const lengths = async (computed: number, total: number): Promise<number[]> => {
        const html = await renderGraph(graph, { length: { state: "running", elements: { computed, total } } });
        return [...(progressBar(html)[0] ?? "").matchAll(/h([\d.]+)"/g)].map(([, length]) => Number(length));
      };
      const [track = 0, half] = await lengths(1, 2);
      expect(half).toBe(track / 2);
      expect(await lengths(7, 2)).toEqual([track, track]);
      expect(await lengths(0, 0)).toEqual([track, 0]);
    });

    test("shows no progress in a comparison", async () => {
      const layout = computeLayout(graphviz, graph, PANE);
      const runs: Record<string, NodeRun> = { length: { state: "succeeded", elements: { computed: 3, total: 3 } } };
      const changes = { nodes: {}, edge: () => "same" as const };
      const html = await renderHtml(graphTemplate({ layout, graph, runs, selected: null, changes }));
      expect(html).not.toContain('class="badge"');
    });
  });

  test("has one tab stop: the selected node, or the first", async () => {
    const graph = graphOf("a > b", "a > c");
    const unselected = await renderGraph(graph);
    const selected = await renderGraph(graph, {}, "c");
    expect(unselected.match(/tabindex="0"/g)).toHaveLength(1);
    expect(tagOf(unselected, "a")).toContain('tabindex="0"');
    expect(tagOf(selected, "c")).toMatch(/tabindex="0".*aria-pressed="true"/s);
    expect(selected.match(/tabindex="0"/g)).toHaveLength(1);
  });

  test("highlights the lineage of the selected node and dims the rest", async () => {
    const html = await renderGraph(graphOf("a > b", "b > c", "a > d", "x > d"), {}, "b");
    const classes = (name: string): string => tagOf(html, name).match(/class="([^"]*)"/)?.[1] ?? "";
    expect(classes("a")).toContain("lit");
    expect(classes("c")).toContain("lit");
    expect(classes("b")).toContain("selected");
    for (const name of ["d", "x"]) expect(classes(name)).toContain("calm");
    expect(html.match(/edge lit/g)).toHaveLength(2);
    expect(html.match(/edge calm/g)).toHaveLength(2);
  });

  test("marks inputs, outputs and optional edges", async () => {
    const graph = graphOf("rate > total");
    graph.nodes = [nodeOf("rate", { kind: "input", type: "float = 0.5" }), nodeOf("total", { output: true })];
    graph.edges = [{ source: "rate", target: "total", optional: true }];
    const html = await renderGraph(graph);
    expect(tagOf(html, "rate")).toContain('class="node input idle"');
    expect(tagOf(html, "total")).toContain('class="node function idle output"');
    expect(html).toContain('class="edge optional"');
  });

  test("gives every state a different mark", async () => {
    const states = [
      "idle",
      "stale",
      "queued",
      "running",
      "succeeded",
      "reused",
      "failed",
      "skipped",
      "waiting",
    ] as const;
    const runs = Object.fromEntries(states.map((state) => [state, { state }]));
    const html = await renderGraph(graphOf(...states), runs);
    const marks = [...html.matchAll(/<g class="mark"[^>]*>(.*?)<\/g>/gs)].map((match) => match[1]);
    expect(new Set(marks).size).toBe(states.length);
  });

  test("shows an error on the node that it is about", async () => {
    const graph = graphOf("a > b");
    graph.problems = [
      problemOf("b", "error", "`b` depends on itself.\n  b -> a -> b"),
      problemOf("a", "warning", "Odd."),
    ];
    const html = await renderGraph(graph);
    expect(tagOf(html, "b")).toMatch(/class="node function failed".*error: b depends on itself\."/s);
    expect(tagOf(html, "a")).toMatch(/doubtful.*warning: Odd\./s);
  });

  test.each(["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</title></svg><b>", "{{x}} <!--"])(
    "escapes %s wherever it appears",
    async (hostile) => {
      const graph = graphOf(`${hostile} > after`);
      graph.nodes = graph.nodes.map((node) => ({ ...node, type: hostile, doc: hostile, output: true }));
      graph.problems = [problemOf("after", "error", hostile)];
      const runs = { [hostile]: { state: "succeeded" as const } };
      const picture = { layout: computeLayout(graphviz, graph, PANE), graph, runs, selected: hostile };
      for (const html of [
        await renderHtml(graphPaneTemplate(picture)),
        await renderHtml(graphPaneTemplate({ ...picture, asList: true, layoutError: hostile })),
      ]) {
        expect(html).not.toMatch(/<script|<img|<b>/);
        expect(html.match(/<\/svg>/g)?.length).toBe(html.match(/<svg/g)?.length);
      }
    },
  );

  test("does not read states from the prototype", async () => {
    expect(tagOf(await renderGraph(graphOf("constructor > toString")), "toString")).toContain('data-state="idle"');
  });
});

describe("the pane", () => {
  const empty: GraphView = { nodes: [], edges: [], problems: [] };

  test("reports that there are no functions", async () => {
    expect(await renderHtml(graphPaneTemplate({ layout: null, graph: empty, runs: {}, selected: null }))).toContain(
      "No functions yet",
    );
  });

  test("lists the nodes and reports the reason if there is no drawing", async () => {
    const html = await renderHtml(
      graphPaneTemplate({
        layout: null,
        graph: graphOf("a > b"),
        runs: {},
        selected: null,
        layoutError: "Graphviz could not start.",
      }),
    );
    expect(html).toContain("Graphviz could not start.");
    expect(html).toContain("depends on a");
  });
});

describe("the list", () => {
  test("shows the name, type, kind, state and dependencies, sources first", async () => {
    const graph = graphOf("b > c", "a > b");
    const html = await renderHtml(graphListTemplate({ graph, runs: { b: { state: "reused" } }, selected: "b" }));
    const text = html
      .replace(/<svg.*?<\/svg>/gs, "")
      .replace(/<[^>]*>/g, " ")
      .replace(/\s+/g, " ");
    expect(text.trim()).toBe("a int not run b int reused depends on a c int not run depends on b");
    expect(html.match(/aria-pressed="true"/g)).toHaveLength(1);
  });

  const RUNS: Record<string, NodeRun> = {
    a: { state: "succeeded", seconds: 0.004, causes: [{ kind: "first" }] },
    b: { state: "succeeded", seconds: 0.2, causes: [{ kind: "input", name: "x" }] },
    c: { state: "reused" },
  };

  function namesIn(html: string): string[] {
    return [...html.matchAll(/data-node="([^"]*)"/g)].map((match) => match[1] ?? "");
  }

  test("shows the duration of each call, and why a function ran again", async () => {
    const html = await renderHtml(graphListTemplate({ graph: graphOf("a > b", "b > c"), runs: RUNS, selected: null }));
    expect(html).toContain("succeeded · 4 ms");
    expect(html).toContain("succeeded · 200 ms");
    expect(html).not.toContain("it had no value");
    expect(html.replace(/<[^>]*>/g, "")).toContain("ran because the input x changed");
    expect(html).not.toContain("item-share");
  });

  test("can show the slowest node first, outside its folded group", async () => {
    const graph = graphOf("a > b", "b > c");
    const group = { id: "module:flow", label: "flow", members: ["a", "b", "c"], computed: ["a", "b", "c"] };
    const folding = { groups: [group], folded: new Set([group.id]) };
    const listing = { graph, runs: RUNS, selected: null, folding };
    expect(namesIn(await renderHtml(graphListTemplate(listing)))).toEqual([]);
    const html = await renderHtml(graphListTemplate({ ...listing, slowestFirst: true }));
    expect(namesIn(html)).toEqual(["b", "a", "c"]);
    expect(html.match(/item-share/g)).toHaveLength(2);
    expect(html).toContain('<rect width="100"');
  });

  test("shows no shares of the time if no call took any time", async () => {
    const runs: Record<string, NodeRun> = { a: { state: "succeeded", seconds: 0 } };
    const html = await renderHtml(
      graphListTemplate({ graph: graphOf("a > b"), runs, selected: null, slowestFirst: true }),
    );
    expect(html).not.toContain("item-share");
  });
});
