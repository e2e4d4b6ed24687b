import { describe, expect, test } from "vitest";
import { nodeReachedBy } from "../../src/graph/arrow-keys.ts";
import type { Direction, Layout } from "../../src/graph/layout.ts";

/** b and c depend on a, and d on both; b and c are side by side. */
function diamond(direction: Direction): Layout {
  const places: Record<string, [number, number]> = { a: [100, 0], b: [0, 100], c: [200, 100], d: [110, 200] };
  const nodes = Object.entries(places).map(([name, [x, y]]) =>
    direction === "TB" ? { name, x, y, width: 90, height: 40 } : { name, x: y * 2, y: x, width: 90, height: 40 },
  );
  const edge = (source: string, target: string) => ({ source, target, optional: false, path: "", head: "" });
  return {
    direction,
    width: 300,
    height: 300,
    nodes,
    edges: [edge("a", "b"), edge("a", "c"), edge("b", "d"), edge("c", "d")],
    frames: [],
  };
}

describe("an arrow key", () => {
  test.each([
    ["a", "ArrowDown", "b"],
    ["b", "ArrowDown", "d"],
    ["d", "ArrowUp", "c"],
    ["b", "ArrowRight", "c"],
    ["c", "ArrowLeft", "b"],
    ["c", "Home", "a"],
    ["b", "End", "d"],
    ["a", "ArrowUp", null],
    ["d", "ArrowDown", null],
    ["a", "x", null],
    ["nowhere", "ArrowDown", null],
  ])("in a top-to-bottom drawing, moves from %s with %s to %s", (from, key, to) => {
    expect(nodeReachedBy(diamond("TB"), from, key)).toBe(to);
  });

  test.each([
    ["a", "ArrowRight", "b"],
    ["d", "ArrowLeft", "c"],
    ["b", "ArrowDown", "c"],
    ["c", "ArrowUp", "b"],
    ["a", "ArrowLeft", null],
  ])("in a left-to-right drawing, moves from %s with %s to %s", (from, key, to) => {
    expect(nodeReachedBy(diamond("LR"), from, key)).toBe(to);
  });
});
