import { expect, test } from "vitest";
import { coveredHeight } from "../../src/editor/touch-tools.ts";

test.each([
  [500, { offsetTop: 0, height: 844 }, 0],
  [700, { offsetTop: 0, height: 450 }, 250],
  [700, { offsetTop: 100, height: 450 }, 150],
])("of an editor that ends at %d, with the window %j, %d pixels are covered", (bottom, visible, covered) => {
  expect(coveredHeight(bottom, visible)).toBe(covered);
});
