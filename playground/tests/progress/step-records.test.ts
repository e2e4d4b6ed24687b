import { expect, test } from "vitest";
import { mergeRecords, type StepRecord, touchedAt } from "../../src/progress/step-records.ts";

function merged(own: StepRecord, other: StepRecord): StepRecord | undefined {
  return mergeRecords({ step: own }, { step: other }).records["step"];
}

test("a step that is done in either record is done", () => {
  expect(merged({ done: "aaa" }, {})).toEqual({ done: "aaa" });
  expect(merged({}, { done: "aaa", doneAt: 1 })).toEqual({ done: "aaa", doneAt: 1 });
  expect(merged({ done: "aaa", doneAt: 2 }, { done: "bbb", doneAt: 1 })).toEqual({ done: "aaa", doneAt: 2 });
  expect(merged({ done: "aaa", doneAt: 1 }, { done: "bbb", doneAt: 2 })).toEqual({ done: "bbb", doneAt: 2 });
});

test("the newer code is kept", () => {
  const [mine, other] = [{ "flow.py": "mine" }, { "flow.py": "other" }];
  expect(merged({ code: mine, codeAt: 2 }, { code: other, codeAt: 1 })?.code).toBe(mine);
  expect(merged({ code: mine, codeAt: 1 }, { code: other, codeAt: 2 })?.code).toBe(other);
  expect(merged({ code: mine }, { code: other })?.code).toBe(mine);
  expect(merged({ code: mine }, { code: other, codeAt: 1 })?.code).toBe(other);
  expect(merged({ code: mine }, {})?.code).toBe(mine);
});

test("the values belong to the code", () => {
  const values = { inputs: { warm: "25" }, config: {}, overrides: {} };
  const code = { "flow.py": "mine" };
  expect(merged({ code, values, codeAt: 2 }, { code, codeAt: 1 })).toEqual({ code, values, codeAt: 2 });
  expect(merged({ code, values, codeAt: 1 }, { code, codeAt: 2 })).toEqual({ code, codeAt: 2 });
  const { newCode } = mergeRecords({ step: { code, codeAt: 1 } }, { step: { code, values, codeAt: 2 } });
  expect(newCode).toEqual(["step"]);
});

test("the newer answer is kept", () => {
  const [mine, other] = [["price"], ["total", "label"]];
  expect(merged({ answer: mine, answerAt: 2 }, { answer: other, answerAt: 1 })?.answer).toBe(mine);
  expect(merged({ answer: mine, answerAt: 1 }, { answer: other, answerAt: 2 })?.answer).toBe(other);
  expect(merged({ answer: mine }, { done: "aaa" })).toEqual({ answer: mine, done: "aaa" });
});

test("the code and the completion of a step are merged separately", () => {
  const code = { "flow.py": "mine" };
  expect(merged({ code, codeAt: 5 }, { done: "aaa", doneAt: 1, code: {}, codeAt: 1 })).toEqual({
    code,
    codeAt: 5,
    done: "aaa",
    doneAt: 1,
  });
});

test("a merge reports what it adds", () => {
  const own = { a: { done: "aaa" }, b: { code: { "flow.py": "same" } }, c: {} };
  const others = {
    a: { done: "aaa", doneAt: 9 },
    b: { code: { "flow.py": "same" }, codeAt: 9 },
    c: { done: "ccc" },
    constructor: { code: { "flow.py": "new" } },
    d: { answer: ["price"] },
  };
  const { records, newlyDone, newCode, newAnswers } = mergeRecords(own, others);
  expect(newlyDone).toEqual(["c"]);
  expect(newCode).toEqual(["constructor"]);
  expect(newAnswers).toEqual(["d"]);
  expect(Object.keys(records)).toEqual(["a", "b", "c", "constructor", "d"]);
});

test("a step was last touched when it was done or edited", () => {
  expect(touchedAt({})).toBe(0);
  expect(touchedAt({ doneAt: 3, codeAt: 2 })).toBe(3);
  expect(touchedAt({ codeAt: 2 })).toBe(2);
  expect(touchedAt({ doneAt: 3, answerAt: 4 })).toBe(4);
});
