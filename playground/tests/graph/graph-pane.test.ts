import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { drawableGraph } from "../../src/graph/drawable.ts";
import { GraphPane } from "../../src/graph/graph-pane.ts";
import type { Layout } from "../../src/graph/layout.ts";
import { LayoutClient } from "../../src/graph/layout-client.ts";
import { measureNode } from "../../src/graph/measure.ts";
import type { GraphView } from "../../src/protocol.ts";
import { graphOf, nodeOf } from "./graphs.ts";

/** Places enough to tell layouts apart. */
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

/** Answers when the test says so, and keeps what it was asked. */
class SlowDesk {
  readonly asked: GraphView[] = [];
  #answers: ((layout: Layout | Error) => void)[] = [];

  layout(graph: GraphView): Promise<Layout> {
    this.asked.push(graph);
    return new Promise((resolve, reject) => {
      this.#answers.push((answer) => (answer instanceof Error ? reject(answer) : resolve(answer)));
    });
  }

  async answer(answer: Layout | Error): Promise<void> {
    this.#answers.shift()?.(answer);
    await new Promise((resolve) => setTimeout(resolve));
  }
}

/** As much of an element as the pane needs: it counts the renderings it is asked for. */
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

beforeEach(() => vi.stubGlobal("ResizeObserver", Sizes));
afterEach(() => vi.unstubAllGlobals());

function opened(): { pane: GraphPane; desk: SlowDesk; host: Host } {
  const [desk, host] = [new SlowDesk(), new Host()];
  const pane = new GraphPane(host, { onSelect: () => {} }, new LayoutClient(desk));
  return { pane, desk, host };
}

/** The texts of a template that are not part of its source. */
function valuesIn(template: unknown): string[] {
  if (typeof template === "string") return [template];
  if (Array.isArray(template)) return template.flatMap(valuesIn);
  return typeof template === "object" && template !== null && "values" in template ? valuesIn(template.values) : [];
}

const ONE = graphOf("a > b");
const TWO = graphOf("a > b", "b > c");

describe("a graph pane", () => {
  test("says that a layout is being made where that takes long, until it is there or no longer wanted", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const { pane, desk } = opened();
      pane.update({ graph: ONE });
      pane.hostUpdated();
      expect(pane.notice).toBeNull();
      vi.advanceTimersByTime(1000);
      expect(pane.notice).toBe("Laying out 2 nodes…");
      vi.useRealTimers();
      await desk.answer(layoutOf(ONE));
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

  test("says that there are no functions only if there are none, also before the first layout", async () => {
    const { pane, desk } = opened();
    const absence = (): unknown => valuesIn(pane.template()).find((value) => /functions|drawn/.test(String(value)));
    expect(absence()).toContain("No functions yet.");
    pane.update({ graph: ONE });
    pane.hostUpdated();
    expect(absence()).toBe("Drawing the graph…");
    await desk.answer(layoutOf(ONE));
    expect(absence()).toBeUndefined();
    pane.update({ graph: graphOf() });
    expect(absence()).toContain("No functions yet.");
  });

  test("has a graph laid out once it is on the page, and asks to be rendered with it", async () => {
    const { pane, desk, host } = opened();
    pane.update({ graph: ONE });
    expect(desk.asked).toEqual([]);
    pane.hostUpdated();
    const before = host.renderings;
    await desk.answer(layoutOf(ONE));
    expect(pane.layout).toEqual(layoutOf(ONE));
    expect(host.renderings).toBe(before + 1);
  });

  test("asks nothing when the graph keeps its shape", async () => {
    const { pane, desk } = opened();
    pane.update({ graph: ONE });
    pane.hostUpdated();
    await desk.answer(layoutOf(ONE));
    pane.update({
      graph: { ...ONE, nodes: ONE.nodes.map((node) => ({ ...node, doc: "new" })) },
      runs: { a: { state: "succeeded" } },
    });
    pane.hostUpdated();
    expect(desk.asked).toHaveLength(1);
  });

  test.each(["before", "after"])("takes a layout that came with the page %s its graph, and asks nothing", (order) => {
    const { pane, desk } = opened();
    if (order === "before") pane.adopt(layoutOf(ONE));
    pane.update({ graph: ONE });
    if (order === "after") pane.adopt(layoutOf(ONE));
    pane.hostUpdated();
    expect(desk.asked).toEqual([]);
    expect(pane.layout).toEqual(layoutOf(ONE));
  });

  test("has another layout made where the one that came is of another graph", () => {
    const { pane, desk } = opened();
    pane.adopt(layoutOf(ONE));
    pane.update({ graph: TWO });
    pane.hostUpdated();
    expect(desk.asked).toEqual([TWO]);
  });

  test("drops a layout that is late", async () => {
    const { pane, desk } = opened();
    pane.adopt(layoutOf(ONE));
    pane.update({ graph: TWO });
    pane.hostUpdated();
    pane.update({ graph: ONE });
    pane.hostUpdated();
    await desk.answer(layoutOf(TWO));
    expect(pane.layout).toEqual(layoutOf(ONE));
  });

  test("asks for no rendering when nothing is new", () => {
    const { pane, host } = opened();
    pane.update({ graph: ONE, selected: "a" });
    const before = host.renderings;
    pane.update({ graph: ONE, selected: "a" });
    expect(host.renderings).toBe(before);
  });

  test("tries again with the next graph after a failure", async () => {
    const { pane, desk } = opened();
    pane.update({ graph: ONE });
    pane.hostUpdated();
    await desk.answer(new Error("Graphviz could not start."));
    expect(pane.layout).toBeNull();
    pane.update({ graph: { ...TWO, nodes: [...TWO.nodes, nodeOf("d")] } });
    pane.hostUpdated();
    expect(desk.asked).toHaveLength(2);
  });
});
