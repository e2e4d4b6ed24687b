// @ts-check
import { expect, test } from "vitest";
import { difference, written } from "../../runtime/snapshot.mjs";
import { fillMemory } from "../../src/runtime/sandbox/snapshot.ts";

const PAGE = 4096;

/** @param {number} length @param {(at: number) => number} byte */
const bytes = (length, byte) => Uint8Array.from({ length }, (_, at) => byte(at));

test("a worker makes of a used memory the one that was pictured", () => {
  const untouched = bytes(4 * PAGE, (at) => (at * 7) % 256);
  const pictured = bytes(10 * PAGE, (at) => {
    if (at < PAGE) return (at * 7) % 256;
    if (at < 5 * PAGE) return at % 5000;
    return at > 8 * PAGE ? 3 : 0;
  });

  const kept = difference(pictured, untouched);
  const pieces = written(kept);
  const file = Uint8Array.from(pieces.flatMap(([start, end]) => [...kept.subarray(start, end)]));
  expect(pieces).toEqual([
    [PAGE, 5 * PAGE],
    [8 * PAGE, 10 * PAGE],
  ]);

  const memory = bytes(10 * PAGE, (at) => at % 251);
  fillMemory(memory, untouched, file, pieces);
  expect(memory).toEqual(pictured);
});

test("memory that holds nothing takes no room", () => {
  expect(written(new Uint8Array(5 * PAGE))).toEqual([]);
});
