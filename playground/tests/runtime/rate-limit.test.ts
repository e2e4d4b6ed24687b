import { expect, test } from "vitest";
import { Inflow } from "../../src/runtime/rate-limit.ts";
import { RATES } from "../../src/runtime/limits.ts";

test("a run of ten thousand nodes may tell all its states at once", () => {
  const inflow = new Inflow(RATES);
  const overflows = Array.from({ length: 30_000 }, () => inflow.overflowsWith("state", 0));
  expect(overflows.some(Boolean)).toBe(false);
});

test("too many messages within a second overflow", () => {
  const inflow = new Inflow(RATES);
  for (let count = 0; count < 50_000; count++) inflow.overflowsWith("", 0);
  expect(inflow.overflowsWith("", 999)).toBe(true);
});

test("too much text within a second overflows", () => {
  const inflow = new Inflow(RATES);
  const picture = "x".repeat(30_000_000);
  expect([0, 10, 20, 30].map((now) => inflow.overflowsWith(picture, now))).toEqual([false, false, false, true]);
});

test("a new second begins from nothing", () => {
  const inflow = new Inflow(RATES);
  for (let count = 0; count < 50_000; count++) inflow.overflowsWith("", 0);
  expect(inflow.overflowsWith("", 1_001)).toBe(false);
});

test("a flood just below the rate of a second overflows within ten", () => {
  const inflow = new Inflow(RATES);
  const overflowing = Array.from({ length: 10 }, (_, second) => {
    let overflows = false;
    for (let count = 0; count < 45_000; count++) overflows = inflow.overflowsWith("", second * 1_001) || overflows;
    return overflows;
  });
  expect(overflowing.indexOf(true)).toBe(4);
});
