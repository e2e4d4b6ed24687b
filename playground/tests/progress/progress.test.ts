import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  addProgress,
  adoptFormer,
  allProgress,
  forgetProgress,
  markDone,
  saveAnswer,
  saveCode,
  savedAnswer,
  savedCode,
  savedValues,
  stepStatus,
} from "../../src/progress/progress.ts";

let stored: Map<string, string>;

beforeEach(() => {
  stored = new Map();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, text: string) => stored.set(key, text),
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test("a step stays done until it changes", () => {
  expect(stepStatus("margin-1", "aaa")).toBe("open");
  expect(markDone("margin-1", "aaa")).toBe(true);
  expect(markDone("constructor", "ccc")).toBe(true);
  expect(stepStatus("margin-1", "aaa")).toBe("done");
  expect(stepStatus("margin-1", "bbb")).toBe("stale");
  expect(stepStatus("margin-2", "aaa")).toBe("open");
});

test("a step can have the same name as an inherited property", () => {
  expect(stepStatus("constructor", "aaa")).toBe("open");
});

test("the code of a step is saved next to its status", () => {
  expect(savedCode("margin-1")).toBe(null);
  saveCode("margin-1", { "flow.py": "mine" });
  markDone("margin-1", "aaa");
  saveCode("margin-2", { "flow.py": "other" });
  expect(savedCode("margin-1")).toEqual({ "flow.py": "mine" });
  expect(stepStatus("margin-1", "aaa")).toBe("done");
  expect(stepStatus("margin-2", "aaa")).toBe("open");
});

test("the values of a step are saved with its code", () => {
  const values = { inputs: { warm: "25" }, config: {}, overrides: { growth_rate: "1.2" } };
  saveCode("margin-1", {}, values);
  expect(savedValues("margin-1")).toEqual(values);
  expect(savedCode("margin-1")).toEqual({});
  saveCode("margin-1", { "flow.py": "mine" });
  expect(savedValues("margin-1")).toEqual({ inputs: {}, config: {}, overrides: {} });
  expect(savedValues("margin-2")).toBe(null);
});

test.each(["", "{", "[]", '{"margin-1": 3}', '{"margin-1": "aaa"}', "null"])(
  "%s counts as no progress and is overwritten",
  (text) => {
    stored.set("headwater-lesson", text);
    expect(stepStatus("margin-1", "aaa")).toBe("open");
    markDone("margin-1", "aaa");
    expect(stepStatus("margin-1", "aaa")).toBe("done");
  },
);

test("if the browser refuses storage, nothing is saved and nothing fails", () => {
  vi.stubGlobal("localStorage", {
    getItem: () => {
      throw new Error("refused");
    },
  });
  expect(stepStatus("margin-1", "aaa")).toBe("open");
  expect(markDone("margin-1", "aaa")).toBe(false);
  expect(saveCode("margin-1", {})).toBe(false);
  expect(savedCode("margin-1")).toBe(null);
});

test("progress is kept when a step is renamed, unless the new name already has progress", () => {
  stored.set("headwater-lesson", '{"lesson-1-a-node": {"done": "aaa", "code": {"flow.py": "mine"}}}');
  adoptFormer("nodes/write", "lesson-1-a-node");
  expect(stepStatus("nodes/write", "aaa")).toBe("done");
  expect(savedCode("nodes/write")).toEqual({ "flow.py": "mine" });
  markDone("nodes/write", "bbb");
  adoptFormer("nodes/write", "lesson-1-a-node");
  expect(stepStatus("nodes/write", "bbb")).toBe("done");
});

test("code that has not changed keeps its time", () => {
  saveCode("margin-1", { "flow.py": "mine" });
  const before = stored.get("headwater-lesson");
  vi.spyOn(Date, "now").mockReturnValue(5e12);
  saveCode("margin-1", { "flow.py": "mine" });
  expect(stored.get("headwater-lesson")).toBe(before);
  saveCode("margin-1", { "flow.py": "other" });
  expect(allProgress()["margin-1"]?.codeAt).toBe(5e12);
  vi.spyOn(Date, "now").mockReturnValue(6e12);
  saveCode("margin-1", { "flow.py": "other" }, { inputs: { warm: "25" }, config: {}, overrides: {} });
  expect(allProgress()["margin-1"]?.codeAt).toBe(6e12);
});

test("the answer to a step is saved, and keeps its time if it has not changed", () => {
  expect(savedAnswer("reruns/predict")).toEqual([]);
  saveAnswer("reruns/predict", []);
  expect(allProgress()).toEqual({});
  saveAnswer("reruns/predict", ["total", "label"]);
  const before = stored.get("headwater-lesson");
  vi.spyOn(Date, "now").mockReturnValue(5e12);
  saveAnswer("reruns/predict", ["total", "label"]);
  expect(stored.get("headwater-lesson")).toBe(before);
  expect(savedAnswer("reruns/predict")).toEqual(["total", "label"]);
  saveAnswer("reruns/predict", []);
  expect(allProgress()["reruns/predict"]).toEqual({ answer: [], answerAt: 5e12 });
});

test("only the progress in the given steps is forgotten", () => {
  markDone("a", "aaa");
  markDone("b", "bbb");
  expect(forgetProgress(["a", "c"])).toBe(true);
  expect(Object.keys(allProgress())).toEqual(["b"]);
});

test("if the merged progress cannot be stored, nothing changes", () => {
  markDone("a", "aaa");
  const before = stored.get("headwater-lesson");
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: () => {
      throw new Error("full");
    },
  });
  expect(addProgress({ b: { done: "bbb" } })).toBe(null);
  expect(stored.get("headwater-lesson")).toBe(before);
});
