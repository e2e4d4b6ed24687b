import { expect, test } from "vitest";
import { isUnanswered } from "../../src/lesson/predict-exercise.ts";
import type { PredictTask } from "../../src/lesson/task.ts";

function prediction(...answer: string[]): PredictTask {
  return { kind: "predict", digest: "aaa", matters: "", next: null, check: "", answer, edit: {} };
}

test.each([
  { answer: ["total"], picked: [], unanswered: true },
  { answer: ["total"], picked: ["price"], unanswered: false },
  { answer: [], picked: [], unanswered: false },
])(
  "the prediction $picked for an edit that reruns $answer is unanswered: $unanswered",
  ({ answer, picked, unanswered }) => {
    expect(isUnanswered(prediction(...answer), picked)).toBe(unanswered);
  },
);
