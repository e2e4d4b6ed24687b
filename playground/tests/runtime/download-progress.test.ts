import { expect, test } from "vitest";
import { DownloadProgress } from "../../src/runtime/download-progress.ts";

test("the time left is computed from the rate", () => {
  const progress = new DownloadProgress(10_000);
  for (let second = 0; second <= 3; second++) progress.add(1_000, second * 1_000);
  expect(progress.done).toBe(4_000);
  expect(progress.secondsLeft).toBe(6);
});

test("the rate is measured over the last few seconds", () => {
  const progress = new DownloadProgress(100_000);
  progress.add(50_000, 0); // from the cache
  for (let second = 1; second <= 10; second++) progress.add(1_000, second * 1_000);
  expect(progress.secondsLeft).toBe(40);
});

test("the time left is unknown at first", () => {
  const progress = new DownloadProgress(10_000);
  expect(progress.secondsLeft).toBeNull();
  progress.add(1_000, 0);
  progress.add(1_000, 500);
  expect(progress.secondsLeft).toBeNull();
});

test("no time is left once more bytes than expected have arrived", () => {
  const progress = new DownloadProgress(1_000);
  progress.add(600, 0);
  progress.add(600, 2_000);
  expect(progress.secondsLeft).toBe(0);
});
