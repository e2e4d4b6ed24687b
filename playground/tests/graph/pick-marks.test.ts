import { expect, test } from "vitest";
import { pickLabel, pickStateOf, pickText } from "../../src/graph/pick-marks.ts";

const picked = new Set(["a", "b"]);

test("a picked node is marked", () => {
  const picks = { picked, answer: null };
  expect(pickStateOf(picks, "a")).toBe("picked");
  expect(pickStateOf(picks, "c")).toBe("open");
});

test("once the answer is shown, each node that matters has a mark and a word", () => {
  const picks = { picked, answer: new Set(["b", "c"]) };
  const states = ["a", "b", "c", "d"].map((name) => pickStateOf(picks, name));
  expect(states).toEqual(["wrong", "right", "missed", "open"]);
  expect(states.map(pickLabel)).toEqual(["wrong", "right", "missed", ""]);
  expect(states.map(pickText)).toEqual(["✕ wrong", "✓ right", "○ missed", ""]);
});
