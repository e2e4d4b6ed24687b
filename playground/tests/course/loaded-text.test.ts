import { expect, test } from "vitest";
import { loadedText } from "../../src/course/loaded-text.ts";

test.each([
  [[], [], [], "This browser already has everything in p.json."],
  [["a"], [], [], "Loaded p.json: 1 step is now done."],
  [["a", "b"], ["a"], [], "Loaded p.json: 2 steps are now done, and newer code was loaded for 1 step."],
  [[], ["a", "b"], [], "Loaded p.json: newer code was loaded for 2 steps."],
  [["a"], [], ["b"], "Loaded p.json: 1 step is now done, and newer answers were loaded for 1 step."],
  [[], ["a"], ["b", "c"], "Loaded p.json: newer code and answers were loaded for 3 steps."],
])("after loading %j, code for %j and answers for %j, the text is: %s", (newlyDone, newCode, newAnswers, text) => {
  expect(loadedText("p.json", { newlyDone, newCode, newAnswers })).toBe(text);
});
