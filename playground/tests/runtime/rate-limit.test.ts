import { expect, test } from "vitest";
import { RATE_LIMITS } from "../../src/runtime/limits.ts";
import { RateLimit } from "../../src/runtime/rate-limit.ts";

test("a run of ten thousand nodes can report all its states at once", () => {
  const rateLimit = new RateLimit(RATE_LIMITS);
  const exceeded = Array.from({ length: 30_000 }, () => rateLimit.isExceededBy("state", 0));
  expect(exceeded.some(Boolean)).toBe(false);
});

test("too many messages within a second exceed the limit", () => {
  const rateLimit = new RateLimit(RATE_LIMITS);
  for (let count = 0; count < 50_000; count++) rateLimit.isExceededBy("", 0);
  expect(rateLimit.isExceededBy("", 999)).toBe(true);
});

test("too much text within a second exceeds the limit", () => {
  const rateLimit = new RateLimit(RATE_LIMITS);
  const image = "x".repeat(30_000_000);
  expect([0, 10, 20, 30].map((now) => rateLimit.isExceededBy(image, now))).toEqual([false, false, false, true]);
});

test("counting restarts each second", () => {
  const rateLimit = new RateLimit(RATE_LIMITS);
  for (let count = 0; count < 50_000; count++) rateLimit.isExceededBy("", 0);
  expect(rateLimit.isExceededBy("", 1_001)).toBe(false);
});

test("a flood just below the one-second limit exceeds the ten-second limit", () => {
  const rateLimit = new RateLimit(RATE_LIMITS);
  const exceeding = Array.from({ length: 10 }, (_, second) => {
    let exceeded = false;
    for (let count = 0; count < 45_000; count++) exceeded = rateLimit.isExceededBy("", second * 1_001) || exceeded;
    return exceeded;
  });
  expect(exceeding.indexOf(true)).toBe(4);
});
