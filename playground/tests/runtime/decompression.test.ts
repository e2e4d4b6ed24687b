import { zstdCompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { decompress } from "../../src/runtime/decompression.ts";

const LARGE = Uint8Array.from({ length: 600_000 }, (_, at) => (at * at) % 251);
const PACKED = zstdCompressSync(LARGE);

/** Comparing arrays with `expect` would take seconds. */
function isLarge(found: ArrayBuffer): boolean {
  return Buffer.from(found).equals(LARGE);
}

test("a large file is restored", async () => {
  expect(isLarge(await decompress(new Blob([PACKED])))).toBe(true);
});

test("a file that the browser has decompressed is returned unchanged", async () => {
  expect(isLarge(await decompress(new Blob([LARGE])))).toBe(true);
  expect((await decompress(new Blob([]))).byteLength).toBe(0);
});

test("a damaged file is rejected", async () => {
  await expect(decompress(new Blob([PACKED.subarray(0, 6)]))).rejects.toThrow();
});

test("a file whose header promises more content than fits in memory is rejected", async () => {
  const header = new Uint8Array([0x28, 0xb5, 0x2f, 0xfd, 0xe0, 255, 255, 255, 255, 255, 255, 0, 0]);
  await expect(decompress(new Blob([header, PACKED]))).rejects.toThrow();
});
