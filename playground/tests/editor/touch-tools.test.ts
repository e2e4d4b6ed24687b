import { expect, test } from "vitest";
import { coveredHeight, topOfButtons } from "../../src/editor/touch-tools.ts";

test.each([
  [500, { offsetTop: 0, height: 844 }, 0],
  [700, { offsetTop: 0, height: 450 }, 250],
  [700, { offsetTop: 100, height: 450 }, 150],
])("of an editor that ends at %d, with the window %j, %d pixels are covered", (bottom, visible, covered) => {
  expect(coveredHeight(bottom, visible)).toBe(covered);
});

test.each([
  ["at the bottom of an editor that is wholly visible", 500, { offsetTop: 0, height: 844 }, 449],
  ["above the on-screen keyboard", 700, { offsetTop: 0, height: 450 }, 399],
  ["above the edge of a window that has been scrolled", 1300, { offsetTop: 100, height: 844 }, 893],
])("the buttons are %s", (_, bottom, visible, top) => {
  expect(topOfButtons(bottom, visible, 51)).toBe(top);
});
