import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { drawableGraph } from "../../src/graph/drawable.ts";
import { GraphPane } from "../../src/graph/graph-pane.ts";
import type { Layout } from "../../src/graph/layout.ts";
import { LayoutClient } from "../../src/graph/layout-client.ts";
import { measureNode } from "../../src/graph/measure.ts";
import type { GraphView } from "../../src/protocol.ts";
import { graphOf, nodeOf } from "./graphs.ts";

/** Return a layout with just enough positions to be distinguishable. */
function layoutOf(graph: GraphView): Layout {
  const nodes = drawableGraph(graph).nodes.map((node, index) => ({
    name: node.name,
    x: 0,
    y: index * 60,
    width: measureNode(node).width,
    height: 42,
  }));
  const edges = drawableGraph(graph).edges.map((edge) => ({ ...edge, path: "M0 0", head: "M0 0" }));
  return { direction: "TB", width: 300, height: 300, nodes, edges, frames: [] };
}

/** A fake queue that records requests and answers when the test says so. */
class SlowQueue {
  readonly requests: GraphView[] = [];
  #answers: ((layout: Layout | Error) => void)[] = [];

  layout(graph: GraphView): Promise<Layout> {
    this.requests.push(graph);
    return new Promise((resolve, reject) => {
      this.#answers.push((answer) => (answer instanceof Error ? reject(answer) : resolve(answer)));
    });
  }

  async answer(answer: Layout | Error): Promise<void> {
    this.#answers.shift()?.(answer);
    await new Promise((resolve) => setTimeout(resolve));
  }
}

/** A minimal host that counts the requested updates. */
class Host {
  renderings = 0;
  readonly renderRoot: ParentNode;

  constructor() {
    const container = Object.assign(new EventTarget(), {
      clientWidth: 600,
      clientHeight: 400,
      querySelector: () => null,
      toggleAttribute: () => true,
    });
    const querySelector = (selector: string) => (selector === ".graph-view" ? container : null);
    this.renderRoot = { querySelector, querySelectorAll: () => [] } as unknown as ParentNode;
  }

  requestUpdate(): void {
    this.renderings += 1;
  }
}

class Sizes {
  observe(): void {}
  disconnect(): void {}
}

beforeEach(() => {
  vi.stubGlobal("ResizeObserver", Sizes);
  vi.stubGlobal("matchMedia", () => ({ matches: false }));
});
afterEach(() => vi.unstubAllGlobals());

function openPane(): { pane: GraphPane; queue: SlowQueue; host: Host } {
  const [queue, host] = [new SlowQueue(), new Host()];
  const pane = new GraphPane(host, { onSelect: () => {} }, new LayoutClient(queue));
  return { pane, queue, host };
}

/** Return the dynamic texts of a template. */
function dynamicTexts(template: unknown): string[] {
  if (typeof template === "string") return [template];
  if (Array.isArray(template)) return template.flatMap(dynamicTexts);
  return typeof template === "object" && template !== null && "values" in template ? dynamicTexts(template.values) : [];
}

const ONE = graphOf("a > b");
const TWO = graphOf("a > b", "b > c");

describe("a graph pane", () => {
  test("reports a slow layout until it arrives or is superseded", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const { pane, queue } = openPane();
      pane.update({ graph: ONE });
      pane.hostUpdated();
      expect(pane.notice).toBeNull();
      vi.advanceTimersByTime(1000);
      expect(pane.notice).toBe("Laying out 2 nodes…");
      vi.useRealTimers();
      await queue.answer(layoutOf(ONE));
      expect(pane.notice).toBeNull();
      vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
      pane.update({ graph: TWO });
      pane.hostUpdated();
      vi.advanceTimersByTime(1000);
      expect(pane.notice).toBe("Laying out 3 nodes…");
      pane.update({ graph: ONE });
      expect(pane.notice).toBeNull();
    } finally {
      vi.useRealTimers();
    }
  });

  test("reports that there are no functions only if there are none, even before the first layout", async () => {
    const { pane, queue } = openPane();
    const absence = (): unknown =>
      dynamicTexts(pane.template()).find((value) => /functions|Drawing/.test(String(value)));
    expect(absence()).toContain("No functions yet.");
    pane.update({ graph: ONE });
    pane.hostUpdated();
    expect(absence()).toBe("Drawing the graph…");
    await queue.answer(layoutOf(ONE));
    expect(absence()).toBeUndefined();
    pane.update({ graph: graphOf() });
    expect(absence()).toContain("No functions yet.");
  });

  test("requests a layout once the graph is on the page, then a rendering", async () => {
    const { pane, queue, host } = openPane();
    pane.update({ graph: ONE });
    expect(queue.requests).toEqual([]);
    pane.hostUpdated();
    const before = host.renderings;
    await queue.answer(layoutOf(ONE));
    expect(pane.layout).toEqual(layoutOf(ONE));
    expect(host.renderings).toBe(before + 1);
  });

  test("requests no layout while the graph keeps its shape", async () => {
    const { pane, queue } = openPane();
    pane.update({ graph: ONE });
    pane.hostUpdated();
    await queue.answer(layoutOf(ONE));
    pane.update({
      graph: { ...ONE, nodes: ONE.nodes.map((node) => ({ ...node, doc: "new" })) },
      runs: { a: { state: "succeeded" } },
    });
    pane.hostUpdated();
    expect(queue.requests).toHaveLength(1);
  });

  test.each(["before", "after"])("requests no layout if a prerendered one arrives %s its graph", (order) => {
    const { pane, queue } = openPane();
    if (order === "before") pane.adopt(layoutOf(ONE));
    pane.update({ graph: ONE });
    if (order === "after") pane.adopt(layoutOf(ONE));
    pane.hostUpdated();
    expect(queue.requests).toEqual([]);
    expect(pane.layout).toEqual(layoutOf(ONE));
  });

  test("requests a layout if the prerendered one is of another graph", () => {
    const { pane, queue } = openPane();
    pane.adopt(layoutOf(ONE));
    pane.update({ graph: TWO });
    pane.hostUpdated();
    expect(queue.requests).toEqual([TWO]);
  });

  test("drops a late layout", async () => {
    const { pane, queue } = openPane();
    pane.adopt(layoutOf(ONE));
    pane.update({ graph: TWO });
    pane.hostUpdated();
    pane.update({ graph: ONE });
    pane.hostUpdated();
    await queue.answer(layoutOf(TWO));
    expect(pane.layout).toEqual(layoutOf(ONE));
  });

  test("requests no rendering without changes", () => {
    const { pane, host } = openPane();
    pane.update({ graph: ONE, selected: "a" });
    const before = host.renderings;
    pane.update({ graph: ONE, selected: "a" });
    expect(host.renderings).toBe(before);
  });

  test("requests a layout of the next graph after a failure", async () => {
    const { pane, queue } = openPane();
    pane.update({ graph: ONE });
    pane.hostUpdated();
    await queue.answer(new Error("Graphviz could not start."));
    expect(pane.layout).toBeNull();
    pane.update({ graph: { ...TWO, nodes: [...TWO.nodes, nodeOf("d")] } });
    pane.hostUpdated();
    expect(queue.requests).toHaveLength(2);
  });
});
