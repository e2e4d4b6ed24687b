// @ts-check
import { expect, test } from "vitest";
import { difference, nonZeroRanges } from "../../runtime/snapshot.mjs";
import { fillMemory } from "../../src/runtime/sandbox/snapshot.ts";

const PAGE = 4096;

/** @param {number} length @param {(at: number) => number} byte */
const bytes = (length, byte) => Uint8Array.from({ length }, (_, at) => byte(at));

test("a used memory is overwritten with the snapshot", () => {
  const untouched = bytes(4 * PAGE, (at) => (at * 7) % 256);
  const expected = bytes(10 * PAGE, (at) => {
    if (at < PAGE) return (at * 7) % 256;
    if (at < 5 * PAGE) return at % 5000;
    return at > 8 * PAGE ? 3 : 0;
  });

  const delta = difference(expected, untouched);
  const pieces = nonZeroRanges(delta);
  const file = Uint8Array.from(pieces.flatMap(([start, end]) => [...delta.subarray(start, end)]));
  expect(pieces).toEqual([
    [PAGE, 5 * PAGE],
    [8 * PAGE, 10 * PAGE],
  ]);

  const memory = bytes(10 * PAGE, (at) => at % 251);
  fillMemory(memory, untouched, file, pieces);
  expect(memory).toEqual(expected);
});

test("empty memory takes no space", () => {
  expect(nonZeroRanges(new Uint8Array(5 * PAGE))).toEqual([]);
});
