/**
 * The picture of a Python that has imported everything; `runtime/snapshot.mjs` takes it when the site is built.
 *
 * Pyodide can begin from a picture of its memory, but knows nothing of extensions in it. Those are linked here, before
 * the memory is filled and any of Python runs: each is given the places that it had when the picture was taken. Linking
 * writes initial values into a memory that is then replaced as a whole, so it may be done while the picture is still on
 * its way.
 */

import type { Shelf } from "./shelf.ts";

interface Extension {
  path: string;
  /** The address of what the linker notes of it. */
  entry: number;
  memory: [start: number, length: number];
  table: [start: number, length: number];
}

interface Plan {
  /** Bytes of the whole picture. */
  length: number;
  /** The bytes of memory, from the beginning, of which the picture holds the difference from what they were. */
  untouched: number;
  /** Where in it the bytes of the file belong, one piece after the other; the rest are zeros. */
  pieces: [start: number, end: number][];
  /** The length that the table of functions is given before the first extension is linked, and has after the last. */
  table: [before: number, after: number];
  /** In the order of linking. */
  extensions: Extension[];
}

/** What Pyodide's main script is given before it starts, as far as it matters here. */
interface Settings {
  preRun: ((module: { HEAPU8: Uint8Array }) => void)[];
  instantiateWasm: (
    imports: WebAssembly.Imports,
    done: (instance: WebAssembly.Instance, compiled: WebAssembly.Module) => void,
  ) => object;
}

/** A function of an extension, with its types as the linker notes them. */
type Exported = ((...given: never[]) => unknown) & { sig?: string };
type Exports = Record<string, Exported>;

interface Library {
  refcount: number;
  global: boolean;
  exports: Exports;
}

interface Linker {
  HEAPU8: Uint8Array;
  wasmTable: WebAssembly.Table;
  /** Places that functions are given before the table grows; the last one first. */
  freeTableIndexes: number[];
  newDSO: (path: string, entry: number, exports: "loading") => Library;
  loadWebAssemblyModule: (
    compiled: WebAssembly.Module,
    flags: { loadAsync: false },
    path: string,
    scope: object,
    entry: number,
  ) => Exports;
  addFunction: (exported: Exported, signature: string | undefined) => number;
  /** The place in the table of a helper that only some browsers can have; Python's memory holds it too. */
  _PyEM_CountArgsPtr: number;
  __PyRuntime: number;
  __PyEM_EMSCRIPTEN_COUNT_ARGS_OFFSET: number;
}

/** What the linker notes of an extension, by offset: that it has its places, and where they are. */
const PLACED = 8;
const MEMORY_START = 12;
const MEMORY_LENGTH = 16;
const TABLE_START = 20;
const TABLE_LENGTH = 24;

declare const self: { _createPyodideModule: (settings: Settings) => Promise<Linker> };

export class Snapshot {
  /** What Pyodide is given to begin from: empty at first, and filled by the time at which Pyodide reads it. */
  readonly bytes: Uint8Array;
  readonly #plan: Plan;
  readonly #written: Promise<ArrayBuffer>;

  private constructor(plan: Plan, written: Promise<ArrayBuffer>) {
    this.bytes = new Uint8Array(plan.length);
    this.#plan = plan;
    this.#written = written;
  }

  static async expectedOn(shelf: Shelf): Promise<Snapshot> {
    const plan: Plan = JSON.parse(new TextDecoder().decode(await shelf.take("snapshot.json")));
    return new Snapshot(plan, shelf.take("snapshot.bin"));
  }

  /** The paths of the extensions that have to be linked. */
  get extensions(): readonly string[] {
    return this.#plan.extensions.map((extension) => extension.path);
  }

  /** Takes part in Pyodide's start, from now on, with what was compiled while other files were on their way. */
  attend(interpreter: WebAssembly.Module, extensions: ReadonlyMap<string, WebAssembly.Module>): void {
    const create = self._createPyodideModule;
    self._createPyodideModule = async (settings) => {
      let untouched = new Uint8Array();
      settings.preRun.push(({ HEAPU8 }) => {
        untouched = HEAPU8.slice(0, this.#plan.untouched);
      });
      settings.instantiateWasm = (imports, done) => {
        WebAssembly.instantiate(interpreter, imports).then((instance) => done(instance, interpreter));
        return {};
      };
      const linker = await create(settings);
      this.#link(linker, extensions);
      layOut(new Uint8Array(await this.#written), this.#plan.pieces, this.bytes);
      undoDifference(this.bytes, untouched);
      keepOwnHelper(this.bytes, linker);
      return linker;
    };
  }

  #link(linker: Linker, compiled: ReadonlyMap<string, WebAssembly.Module>): void {
    const { table, extensions } = this.#plan;
    if (linker.wasmTable.length > table[0]) throw misfit(linker.wasmTable.length, table[0]);
    const places = linker.freeTableIndexes;
    places.push(...placesBetween(extensions, table).reverse());
    linker.wasmTable.grow(table[1] - linker.wasmTable.length);
    for (const extension of extensions) {
      const file = compiled.get(extension.path);
      if (file === undefined) throw new Error(`The extension ${extension.path} is in no archive.`);
      linkOne(linker, extension, file);
    }
    if (places.length > 0) throw misfit(table[1] - places.length, table[1]);
    if (linker.wasmTable.length !== table[1]) throw misfit(linker.wasmTable.length, table[1]);
  }
}

function linkOne(linker: Linker, extension: Extension, compiled: WebAssembly.Module): void {
  const { path, entry, memory, table } = extension;
  const notes = new DataView(linker.HEAPU8.buffer);
  notes.setUint8(entry + PLACED, 1);
  notes.setUint32(entry + MEMORY_START, memory[0], true);
  notes.setUint32(entry + MEMORY_LENGTH, memory[1], true);
  notes.setUint32(entry + TABLE_START, table[0], true);
  notes.setUint32(entry + TABLE_LENGTH, table[1], true);

  const library = linker.newDSO(path, entry, "loading");
  library.refcount = 1;
  library.global = false;
  library.exports = linker.loadWebAssemblyModule(compiled, { loadAsync: false }, path, {}, entry);
  const start = library.exports[`PyInit_${moduleName(path)}`];
  if (start === undefined) throw new Error(`${path} is no extension of Python.`);
  // Python has looked this function up after linking, which gave it a place in the table.
  linker.addFunction(start, start.sig);
}

/**
 * Each extension has a stretch of the table for itself. The places between those were given, in ascending order, to
 * functions that one extension has for all.
 */
function placesBetween(extensions: readonly Extension[], [from, to]: Plan["table"]): number[] {
  const places: number[] = [];
  let place = from;
  for (const { table } of extensions) {
    const [start, length] = table;
    if (length === 0) continue;
    while (place < start) places.push(place++);
    place = start + length;
  }
  while (place < to) places.push(place++);
  return places;
}

/** Puts the bytes of a picture's file where they belong. */
export function layOut(written: Uint8Array, pieces: Plan["pieces"], whole: Uint8Array): void {
  let at = 0;
  for (const [start, end] of pieces) {
    whole.set(written.subarray(at, at + end - start), start);
    at += end - start;
  }
}

/** `snapshot` is a head, whose second word says where the memory begins, and the memory. Both begin at multiples of 16. */
export function undoDifference(snapshot: Uint8Array, untouched: Uint8Array): void {
  const start = new DataView(snapshot.buffer).getUint32(4, true);
  const length = Math.min(untouched.byteLength, snapshot.byteLength - start) >> 2;
  const made = new Uint32Array(snapshot.buffer, start, length);
  const from = new Uint32Array(untouched.buffer, untouched.byteOffset, length);
  for (let at = 0; at < length; at++) made[at] = (made[at] as number) ^ (from[at] as number);
}

/**
 * Whether there is a helper for calls with a wrong number of arguments, and where, differs from browser to browser, and
 * from what Node had when the picture was taken: a call that trusted the picture would go astray.
 */
function keepOwnHelper(snapshot: Uint8Array, linker: Linker): void {
  const picture = new DataView(snapshot.buffer);
  const start = picture.getUint32(4, true);
  const offset = picture.getUint32(start + linker.__PyEM_EMSCRIPTEN_COUNT_ARGS_OFFSET, true);
  picture.setUint32(start + linker.__PyRuntime + offset, linker._PyEM_CountArgsPtr, true);
}

/** The module's own name: what stands before the first dot of the file's name. */
function moduleName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).split(".", 1)[0] as string;
}

/** Function pointers in the picture are places in the table: one place off, and every call would go astray. */
function misfit(found: number, expected: number): Error {
  return new Error(`The picture of Python does not fit this browser: ${found} functions instead of ${expected}.`);
}
