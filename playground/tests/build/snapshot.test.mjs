// @ts-check
import { expect, test } from "vitest";
import { difference } from "../../runtime/snapshot.mjs";
import { undoDifference } from "../../src/runtime/sealed/snapshot.ts";

const HEAD = [0x70, 0x6f, 0x70, 0x70, 32, 0, 0, 0, ...Array(24).fill(1)];

test("a worker gets back the picture that was taken", () => {
  const untouched = Uint8Array.from({ length: 64 }, (_, at) => (at * 7) % 256);
  const memory = Uint8Array.from({ length: 128 }, (_, at) => (at % 3 === 0 ? 200 : (at * 7) % 256));
  const picture = Uint8Array.from([...HEAD, ...memory]);

  const kept = difference(picture, untouched);
  expect([...kept.slice(0, 32)]).toEqual(HEAD);
  expect([...kept.slice(32, 96)].filter((byte) => byte === 0).length).toBeGreaterThan(40);

  undoDifference(/** @type {ArrayBuffer} */ (kept.buffer), untouched);
  expect(kept).toEqual(picture);
});
