// @ts-check
import { expect, test } from "vitest";
import { difference, nonZeroRanges } from "../../runtime/snapshot.mjs";
import { fillMemory } from "../../src/runtime/sandbox/snapshot.ts";

const PAGE = 4096;

/** @param {number} length @param {(at: number) => number} byte */
const bytes = (length, byte) => Uint8Array.from({ length }, (_, at) => byte(at));

test("a used memory is overwritten with the snapshot", () => {
  const interpreter = bytes(4 * PAGE, (at) => (at * 7) % 256);
  const extension = bytes(300, (at) => at % 256);
  const extensionStart = 7 * PAGE + 20;
  const expected = bytes(10 * PAGE, (at) => {
    if (at < PAGE) return (at * 7) % 256;
    if (at < 5 * PAGE) return at % 5000;
    if (at >= extensionStart && at < extensionStart + 300) return (at - extensionStart) % 256;
    return at > 8 * PAGE ? 3 : 0;
  });

  /** @type {[number, Uint8Array][]} */
  const initial = [
    [0, interpreter],
    [extensionStart, extension],
  ];
  const delta = difference(expected, initial);
  const pieces = nonZeroRanges(delta);
  const file = Uint8Array.from(pieces.flatMap(([start, end]) => [...delta.subarray(start, end)]));
  expect(pieces).toEqual([
    [PAGE, 5 * PAGE],
    [8 * PAGE, 10 * PAGE],
  ]);

  const memory = bytes(10 * PAGE, (at) => at % 251);
  fillMemory(memory, initial, file, pieces);
  expect(memory).toEqual(expected);
});

test("empty memory takes no space", () => {
  expect(nonZeroRanges(new Uint8Array(5 * PAGE))).toEqual([]);
});
