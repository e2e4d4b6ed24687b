/** The picture of a Python that has imported the engine; `runtime/snapshot.mjs` takes it when the site is built. */

/** What Pyodide's main script is given before it starts. */
interface Settings {
  preRun: ((module: { HEAPU8: Uint8Array }) => void)[];
}

declare const self: { _createPyodideModule: (settings: Settings) => Promise<unknown> };

/**
 * Has the picture completed at the only moment at which its other half is there: it holds the difference from a memory
 * in which nothing has run yet, and Pyodide replaces the memory by the picture right after.
 *
 * @param snapshot changed in place
 */
export function completeBeforeStart(snapshot: ArrayBuffer): void {
  const create = self._createPyodideModule;
  self._createPyodideModule = (settings) => {
    settings.preRun.push(({ HEAPU8 }) => undoDifference(snapshot, HEAPU8));
    return create(settings);
  };
}

/** `snapshot` is a head, whose second word says where the memory begins, and the memory. Both begin at multiples of 16. */
export function undoDifference(snapshot: ArrayBuffer, untouched: Uint8Array): void {
  const start = new DataView(snapshot).getUint32(4, true);
  const length = Math.min(untouched.byteLength, snapshot.byteLength - start) >> 2;
  const made = new Uint32Array(snapshot, start, length);
  const from = new Uint32Array(untouched.buffer, untouched.byteOffset, length);
  for (let at = 0; at < length; at++) made[at] = (made[at] as number) ^ (from[at] as number);
}
