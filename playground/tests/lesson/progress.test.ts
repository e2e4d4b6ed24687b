import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { markDone, standingOf } from "../../src/lesson/progress.ts";

let stored: Map<string, string>;

beforeEach(() => {
  stored = new Map();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, text: string) => stored.set(key, text),
  });
});

afterEach(() => vi.unstubAllGlobals());

test("a step that was done is done, until it is another one", () => {
  expect(standingOf("margin-1", "aaa")).toBe("open");
  expect(markDone("margin-1", "aaa")).toBe(true);
  expect(markDone("constructor", "ccc")).toBe(true);
  expect(standingOf("margin-1", "aaa")).toBe("done");
  expect(standingOf("margin-1", "bbb")).toBe("stale");
  expect(standingOf("margin-2", "aaa")).toBe("open");
});

test("a step may be called what every object has", () => {
  expect(standingOf("constructor", "aaa")).toBe("open");
});

test.each(["", "{", "[]", '{"margin-1": 3}', "null"])("%s is no progress, and is written over", (text) => {
  stored.set("headwater-lesson", text);
  expect(standingOf("margin-1", "aaa")).toBe("open");
  markDone("margin-1", "aaa");
  expect(standingOf("margin-1", "aaa")).toBe("done");
});

test("a browser that keeps nothing says so, and nothing breaks", () => {
  vi.stubGlobal("localStorage", {
    getItem: () => {
      throw new Error("refused");
    },
  });
  expect(standingOf("margin-1", "aaa")).toBe("open");
  expect(markDone("margin-1", "aaa")).toBe(false);
});
