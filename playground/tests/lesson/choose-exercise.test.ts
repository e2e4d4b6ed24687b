import { expect, test } from "vitest";
import { checkChoices, chosenIn } from "../../src/lesson/choose-exercise.ts";
import type { ChooseTask } from "../../src/lesson/task.ts";

function question(...correct: boolean[]): ChooseTask {
  const choices = correct.map((isCorrect, index) => ({
    text: `Choice ${index}`,
    correct: isCorrect,
    reason: `Reason ${index}.`,
  }));
  return { kind: "choose", digest: "aaa", matters: "", next: null, question: "Which?", choices };
}

test.each([
  { chosen: [], passed: false, message: "Choose an answer first." },
  { chosen: [1], passed: false, message: "Reason 1." },
  { chosen: [0], passed: true, message: "Correct. Reason 0." },
])("with one correct answer, choosing $chosen gives: $message", ({ chosen, passed, message }) => {
  expect(checkChoices(question(true, false, false), new Set(chosen))).toEqual({ passed, message, criteria: [] });
});

test.each([
  { chosen: [0], passed: false, message: "Reason 0. Another answer is correct too." },
  { chosen: [0, 1, 2], passed: false, message: "Reason 1." },
  { chosen: [2, 0], passed: true, message: "Correct. Reason 0. Reason 2." },
])("with two correct answers, choosing $chosen gives: $message", ({ chosen, passed, message }) => {
  expect(checkChoices(question(true, false, true), new Set(chosen))).toEqual({ passed, message, criteria: [] });
});

test("saved answers are found by their texts, and unknown texts are ignored", () => {
  expect(chosenIn(question(true, false, true), ["Choice 2", "Choice 9"])).toEqual(new Set([2]));
});
