import { expect, test } from "vitest";
import { fitsUnscrolled } from "../../src/editor/left-edge.ts";

test("a caret near the start of a line needs no scrolling", () => {
  expect(fitsUnscrolled(80, 430)).toBe(true);
});

test("a caret at or beyond the right edge needs scrolling", () => {
  expect(fitsUnscrolled(420, 430)).toBe(false);
  expect(fitsUnscrolled(600, 430)).toBe(false);
});
