import { expect, test } from "vitest";
import { scrollNeeded } from "../../src/element/active-tabs.ts";

test.each<[string, number, number, number, number]>([
  ["in view stays where it is", 100, 80, 400, 0],
  ["beyond the end moves to the end, showing part of the next one", 500, 80, 400, 220],
  ["cut off at the end moves into view", 350, 80, 400, 70],
  ["before the beginning moves there, showing part of the previous one", -200, 80, 400, -240],
  ["wider than the row shows its beginning", 30, 500, 400, 30],
  ["that is nearly as wide as the row moves to the center", 200, 390, 400, 195],
])("a tab %s", (_, left, width, room, shift) => {
  expect(scrollNeeded(left, width, room)).toBe(shift);
});
