import { expect, test } from "vitest";
import { readTask } from "../../src/lesson/task.ts";

/** The parts of a step element that are used. */
function step(text: string | null): Element {
  return { getAttribute: () => text } as unknown as Element;
}

test("the task is the one that the build wrote", () => {
  const task = { check: "assert True", solution: { "flow.py": "x = 1\n" }, digest: "0123456789ab" };
  expect(readTask(step(JSON.stringify(task)))).toEqual(task);
});

test.each([null, "{", "{}", '{"check": 1, "solution": {}, "digest": ""}'])("%s is not a task", (text) => {
  expect(() => readTask(step(text))).toThrow();
});
