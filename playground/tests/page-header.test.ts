import { expect, test } from "vitest";
import { pageScrollNeeded } from "../src/page-header.ts";

test.each([
  ["a visible part needs no scrolling", { top: 100, bottom: 140 }, 0],
  ["a part behind the header is shown below it", { top: 20, bottom: 60 }, -44],
  ["a part above the window is shown below the header", { top: -300, bottom: -260 }, -364],
  ["a part below the window is shown above its edge", { top: 790, bottom: 830 }, 38],
  ["a part taller than the window is shown from its top", { top: 200, bottom: 1400 }, 136],
])("%s", (_, part, distance) => {
  expect(pageScrollNeeded(part, 800)).toBe(distance);
});
