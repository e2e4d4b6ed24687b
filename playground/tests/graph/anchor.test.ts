import { describe, expect, test } from "vitest";
import { findAnchor } from "../../src/graph/anchor.ts";
import type { Layout } from "../../src/graph/layout.ts";
import { holdPoint } from "../../src/graph/view.ts";

function layoutOf(width: number, positions: Record<string, [number, number]>): Layout {
  const nodes = Object.entries(positions).map(([name, [x, y]]) => ({ name, x, y, width: 100, height: 40 }));
  return { direction: "TB", width, height: 400, nodes, edges: [], frames: [] };
}

const BEFORE = layoutOf(400, { a: [0, 0], b: [300, 360], gone: [290, 350] });
const AFTER = layoutOf(600, { a: [200, 0], b: [500, 300] });
/** A view of the lower right corner, where `b` is. */
const VIEW = { scale: 2, x: -300, y: -360 };

describe("the anchor between two layouts", () => {
  test("is the shared node nearest to the center of the view", () => {
    expect(findAnchor(BEFORE, AFTER, VIEW)).toEqual({ before: { x: 150, y: 180 }, after: { x: 250, y: 120 } });
  });

  test("keeps its position on the screen", () => {
    const anchor = findAnchor(BEFORE, AFTER, VIEW);
    if (anchor === null) return expect.unreachable();
    const view = holdPoint(VIEW, anchor.before, anchor.after);
    expect(view.x + anchor.after.x * view.scale).toBe(VIEW.x + anchor.before.x * VIEW.scale);
    expect(view.y + anchor.after.y * view.scale).toBe(VIEW.y + anchor.before.y * VIEW.scale);
  });

  test("is null for graphs without common names", () => {
    expect(findAnchor(BEFORE, layoutOf(100, { z: [0, 0] }), VIEW)).toBeNull();
  });
});
