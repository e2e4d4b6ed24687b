import { expect, test } from "vitest";
import { readTask } from "../../src/lesson/task.ts";

const COMMON = {
  digest: "0123456789ab",
  matters: "It matters.",
  next: { title: "Add an input", url: "#step-add-an-input" },
};
const CHECKED = { ...COMMON, check: "assert True" };
const TASKS = [
  { ...CHECKED, kind: "write", solution: { "flow.py": "x = 1\n" }, mutants: [] },
  {
    ...CHECKED,
    kind: "repair",
    solution: {},
    mutants: [],
    values: { inputs: { warm: "25.0" }, config: {}, overrides: {} },
    formerly: "lesson-1",
  },
  { ...CHECKED, kind: "test", solution: {}, mutants: [{ fault: "It adds one.", files: { "flow.py": "x = 2\n" } }] },
  { ...CHECKED, kind: "predict", answer: ["total"], edit: { "flow.py": "x = 2\n" } },
  { ...CHECKED, kind: "select", answer: ["total"] },
  { ...COMMON, kind: "choose", question: "Which?", choices: [{ text: "This.", correct: true, reason: "It is." }] },
];

/** The parts of a step element that the code under test uses. */
function step(text: string | null): Element {
  return { getAttribute: () => text } as unknown as Element;
}

test.each(TASKS)("a task of kind $kind is read as the build wrote it", (task) => {
  expect(readTask(step(JSON.stringify(task)))).toEqual(task);
});

test.each([null, "{", "{}", '{"check": 1, "solution": {}, "digest": ""}', '{"kind": "dance", "digest": ""}'])(
  "%s is not a task",
  (text) => {
    expect(() => readTask(step(text))).toThrow();
  },
);

test.each(TASKS)("a task of kind $kind needs all its parts", (task) => {
  const optional = new Set(["matters", "next", "mutants", "values", "formerly", "kind"]);
  for (const part of Object.keys(task).filter((key) => !optional.has(key))) {
    expect(() => readTask(step(JSON.stringify({ ...task, [part]: undefined }))), part).toThrow();
  }
});
