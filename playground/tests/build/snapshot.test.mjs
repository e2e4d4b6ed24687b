// @ts-check
import { expect, test } from "vitest";
import { difference, written } from "../../runtime/snapshot.mjs";
import { layOut, undoDifference } from "../../src/runtime/sealed/snapshot.ts";

const PAGE = 4096;

/** @param {number} length @param {(at: number) => number} byte */
const bytes = (length, byte) => Uint8Array.from({ length }, (_, at) => byte(at));

test("a worker gets back the picture that was taken", () => {
  const untouched = bytes(4 * PAGE, (at) => (at * 7) % 256);
  const head = Uint8Array.from([0x70, 0x6f, 0x70, 0x70, 16, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8]);
  const memory = bytes(10 * PAGE, (at) => {
    if (at < 4 * PAGE) return at % 5000 === 0 ? 200 : (at * 7) % 256;
    return at > 8 * PAGE ? 3 : 0;
  });
  const picture = Uint8Array.from([...head, ...memory]);

  const kept = difference(picture, untouched);
  const pieces = written(kept);
  const file = Uint8Array.from(pieces.flatMap(([start, end]) => [...kept.subarray(start, end)]));
  expect(file.length).toBeLessThan(8 * PAGE);

  const whole = new Uint8Array(picture.length);
  layOut(file, pieces, whole);
  undoDifference(whole, untouched);
  expect(whole).toEqual(picture);
});

test("memory that holds nothing takes no room", () => {
  expect(written(new Uint8Array(5 * PAGE))).toEqual([]);
});
