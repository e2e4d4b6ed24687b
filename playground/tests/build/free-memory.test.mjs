// @ts-check
import { expect, test } from "vitest";
import { clearFreeMemory } from "../../runtime/free-memory.mjs";

const END = 2 ** 16;

/** A memory filled with old contents, and a first-fit allocator for the given free ranges. It grows without limit. */
class FakeAllocator {
  HEAPU8 = new Uint8Array(END + 2 ** 21).fill(7);
  /** @type {[start: number, end: number][]} */
  #free;
  /** @type {Set<number>} */
  #allocated = new Set();
  #end = END;

  /** @param {[start: number, end: number][]} free */
  constructor(free) {
    this.#free = free.map(([start, end]) => [start, end]);
  }

  _sbrk = () => END;

  _PyMem_RawMalloc = (/** @type {number} */ size) => {
    const range = this.#free.find(([start, end]) => end - start >= size);
    const address = range === undefined ? this.#end : range[0];
    if (range === undefined) this.#end += size;
    else range[0] += size;
    this.#allocated.add(address);
    return address;
  };

  _PyMem_RawFree = (/** @type {number} */ address) => {
    if (!this.#allocated.delete(address)) throw new Error(`${address} is not allocated.`);
    if (address >= END) this.#end = Math.min(this.#end, address);
  };

  get allocations() {
    return this.#allocated.size;
  }
}

test("free memory is cleared, and all else stays as it is", () => {
  /** @type {[start: number, end: number][]} */
  const free = [
    [16, 32],
    [64, 1_024],
    [4_096, 50_000 - (50_000 % 16)],
  ];
  const memory = new FakeAllocator(free);

  clearFreeMemory(memory);

  const expected = new Uint8Array(END).fill(7);
  for (const [start, end] of free) expected.fill(0, start, end);
  expect(Buffer.from(memory.HEAPU8.subarray(0, END)).equals(expected)).toBe(true);
  expect(memory.allocations).toBe(0);
});
