// @ts-check
/**
 * Clears free memory before a memory snapshot: freed blocks keep their old contents, which compress badly.
 *
 * The allocator does not report which memory is free. Therefore, all of it is allocated, cleared and freed again. Every freed
 * block leaves a header behind, so large blocks come first: each free range is then covered by few blocks.
 */

/** The addresses of blocks are multiples of this number. */
const STEP = 16;
const LARGEST_BLOCK = 2 ** 20;
/** From this size down, every possible block size is tried, so that a single block can cover a free range. */
const LARGEST_EXACT_BLOCK = 2 ** 15;

/**
 * The part of Pyodide's module that is used here. Its Python has no separate allocator for small objects.
 *
 * @typedef {object} Allocator
 * @property {Uint8Array} HEAPU8
 * @property {(size: number) => number} _PyMem_RawMalloc
 * @property {(address: number) => void} _PyMem_RawFree
 * @property {(increment: number) => number} _sbrk
 */

/** @param {Allocator} module */
export function clearFreeMemory(module) {
  const end = module._sbrk(0);
  /** @type {number[]} */
  const blocks = [];
  for (const size of sizes()) {
    for (let address = module._PyMem_RawMalloc(size); ; address = module._PyMem_RawMalloc(size)) {
      if (address === 0 || address + size > end) {
        module._PyMem_RawFree(address);
        break;
      }
      module.HEAPU8.fill(0, address, address + size);
      blocks.push(address);
    }
  }
  for (const address of blocks) module._PyMem_RawFree(address);
}

/** Yield block sizes in descending order. */
function* sizes() {
  for (let size = LARGEST_BLOCK; size > LARGEST_EXACT_BLOCK; size /= 2) yield size;
  for (let size = LARGEST_EXACT_BLOCK; size > 0; size -= STEP) yield size;
}
