// @ts-check
import { expect, test } from "vitest";
import { difference, nonZeroRanges } from "../../runtime/snapshot.mjs";
import { applyLayer, resetMemory } from "../../src/runtime/sandbox/snapshot.ts";

const PAGE = 1024;

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
  resetMemory(memory, [[0, memory.length]], initial);
  applyLayer(memory, pieces, file);
  expect(memory).toEqual(expected);
});

test("only the written ranges of a memory are cleared before it is overwritten", () => {
  const memory = bytes(100, (at) => (at < 60 ? 1 : 0));
  /** @type {[number, number][]} */
  const written = [
    [0, 40],
    [40, 20],
  ];
  resetMemory(memory, written, [[10, Uint8Array.of(7)]]);
  expect(memory).toEqual(bytes(100, (at) => (at === 10 ? 7 : 0)));
});

test("a preload stores the differences from the snapshot before it", () => {
  const base = bytes(4 * PAGE, (at) => (at < PAGE ? at % 200 : 0));
  const extended = base.slice();
  extended[3 * PAGE] = 9;
  const layers = [
    { delta: difference(base, []), pieces: [[0, PAGE]] },
    { delta: difference(extended, [[0, difference(base, [])]]), pieces: [[3 * PAGE, 4 * PAGE]] },
  ];
  const memory = new Uint8Array(4 * PAGE);
  for (const { delta, pieces } of layers) {
    expect(nonZeroRanges(delta)).toEqual(pieces);
    applyLayer(
      memory,
      nonZeroRanges(delta),
      Uint8Array.from(nonZeroRanges(delta).flatMap(([a, b]) => [...delta.subarray(a, b)])),
    );
  }
  expect(memory).toEqual(extended);
});

test("empty memory takes no space", () => {
  expect(nonZeroRanges(new Uint8Array(5 * PAGE))).toEqual([]);
});
