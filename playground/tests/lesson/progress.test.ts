import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { markDone, saveCode, savedCode, stepStatus } from "../../src/lesson/progress.ts";

let stored: Map<string, string>;

beforeEach(() => {
  stored = new Map();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, text: string) => stored.set(key, text),
  });
});

afterEach(() => vi.unstubAllGlobals());

test("a step stays done until it changes", () => {
  expect(stepStatus("margin-1", "aaa")).toBe("open");
  expect(markDone("margin-1", "aaa")).toBe(true);
  expect(markDone("constructor", "ccc")).toBe(true);
  expect(stepStatus("margin-1", "aaa")).toBe("done");
  expect(stepStatus("margin-1", "bbb")).toBe("stale");
  expect(stepStatus("margin-2", "aaa")).toBe("open");
});

test("a step may be named like a property of every object", () => {
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

test.each(["", "{", "[]", '{"margin-1": 3}', '{"margin-1": "aaa"}', "null"])(
  "%s counts as no progress and is overwritten",
  (text) => {
    stored.set("headwater-lesson", text);
    expect(stepStatus("margin-1", "aaa")).toBe("open");
    markDone("margin-1", "aaa");
    expect(stepStatus("margin-1", "aaa")).toBe("done");
  },
);

test("a browser that refuses storage reports it, and nothing fails", () => {
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
