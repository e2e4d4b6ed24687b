import { expect, test } from "vitest";
import { RATE_LIMITS } from "../../src/runtime/limits.ts";
import { RateLimit } from "../../src/runtime/rate-limit.ts";

test("a run of ten thousand nodes may tell all its states at once", () => {
  const rateLimit = new RateLimit(RATE_LIMITS);
  const overflows = Array.from({ length: 30_000 }, () => rateLimit.isExceededBy("state", 0));
  expect(overflows.some(Boolean)).toBe(false);
});

test("too many messages within a second overflow", () => {
  const rateLimit = new RateLimit(RATE_LIMITS);
  for (let count = 0; count < 50_000; count++) rateLimit.isExceededBy("", 0);
  expect(rateLimit.isExceededBy("", 999)).toBe(true);
});

test("too much text within a second overflows", () => {
  const rateLimit = new RateLimit(RATE_LIMITS);
  const picture = "x".repeat(30_000_000);
  expect([0, 10, 20, 30].map((now) => rateLimit.isExceededBy(picture, now))).toEqual([false, false, false, true]);
});

test("a new second begins from nothing", () => {
  const rateLimit = new RateLimit(RATE_LIMITS);
  for (let count = 0; count < 50_000; count++) rateLimit.isExceededBy("", 0);
  expect(rateLimit.isExceededBy("", 1_001)).toBe(false);
});

test("a flood just below the rate of a second overflows within ten", () => {
  const rateLimit = new RateLimit(RATE_LIMITS);
  const overflowing = Array.from({ length: 10 }, (_, second) => {
    let overflows = false;
    for (let count = 0; count < 45_000; count++) overflows = rateLimit.isExceededBy("", second * 1_001) || overflows;
    return overflows;
  });
  expect(overflowing.indexOf(true)).toBe(4);
});
