import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { gunzipIfNeeded, inPieces } from "../../src/runtime/gunzip.ts";

const LARGE = Uint8Array.from({ length: 600_000 }, (_, at) => (at * at) % 251);

/** Comparing arrays with `expect` would take seconds. */
function isLarge(found: ArrayBuffer): boolean {
  return Buffer.from(found).equals(LARGE);
}

describe("decompression", () => {
  test("restores a large file", async () => {
    expect(isLarge(await gunzipIfNeeded(new Blob([gzipSync(LARGE)])))).toBe(true);
  });

  test("leaves a file that the browser has decompressed as it is", async () => {
    expect(isLarge(await gunzipIfNeeded(new Blob([LARGE])))).toBe(true);
    expect((await gunzipIfNeeded(new Blob([]))).byteLength).toBe(0);
  });

  test("fails for a damaged file", async () => {
    await expect(gunzipIfNeeded(new Blob([gzipSync(LARGE).subarray(0, 900)]))).rejects.toThrow();
  });

  test("splits a large chunk into pieces, with other tasks between them", async () => {
    const parts = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start(controller) {
        controller.enqueue(LARGE);
        controller.close();
      },
    });
    let tasks = 0;
    let isReading = true;
    const count = (): void => {
      tasks += 1;
      if (isReading) setImmediate(count);
    };
    setImmediate(count);
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    const tasksBefore: number[] = [];
    for await (const piece of inPieces(parts)) {
      pieces.push(piece);
      tasksBefore.push(tasks);
    }
    isReading = false;
    expect(pieces.map(({ length }) => length)).toEqual([262_144, 262_144, 75_712]);
    expect(isLarge(await new Blob(pieces).arrayBuffer())).toBe(true);
    expect(new Set(tasksBefore).size).toBe(3);
  });
});
