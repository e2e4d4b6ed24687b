/**
 * The memory snapshot of a Python interpreter that has imported all modules. The build takes it with `runtime/snapshot.mjs`.
 *
 * Pyodide can start from a memory snapshot only if it has no extensions. This module links the extensions before it fills the
 * memory and Python runs. The snapshot overwrites the values that linking writes to memory, so linking need not wait for it.
 */

import { dataSegment } from "./data-segment.ts";
import { type Linker, type LinkingPlan, link } from "./linking.ts";
import type { VirtualFiles } from "./virtual-files.ts";

export interface SnapshotPlan extends LinkingPlan {
  /** The header of Pyodide's snapshot format. */
  head: number[];
  /** The size of the memory in bytes. */
  length: number;
  /** The number of bytes at the start of memory that have initial values; all later bytes are initially zero. */
  untouched: number;
  /** The memory ranges of the consecutive pieces of the file. Bytes outside these ranges keep their initial values. */
  pieces: [start: number, end: number][];
}

/** An extension in the snapshot: its compiled module, and the initial values of its memory. */
export interface LoadedExtension {
  compiled: WebAssembly.Module;
  data: Uint8Array;
}

/** Initial values of a range of memory. */
export type InitialValues = [start: number, values: Uint8Array];

/** The settings of Pyodide's main script that are used here. */
interface ModuleSettings {
  INITIAL_MEMORY: number;
  preRun: ((module: { HEAPU8: Uint8Array }) => void)[];
  instantiateWasm: (
    imports: WebAssembly.Imports,
    done: (instance: WebAssembly.Instance, compiled: WebAssembly.Module) => void,
  ) => object;
}

interface Interpreter extends Linker {
  /** The table index of a helper that only some browsers have. Python's memory contains a copy of the index. */
  _PyEM_CountArgsPtr: number;
  __PyRuntime: number;
  __PyEM_EMSCRIPTEN_COUNT_ARGS_OFFSET: number;
}

declare const self: { _createPyodideModule: (settings: ModuleSettings) => Promise<Interpreter> };

export class Snapshot {
  readonly #plan: SnapshotPlan;
  readonly #memory: Promise<ArrayBuffer>;

  private constructor(plan: SnapshotPlan, memory: Promise<ArrayBuffer>) {
    this.#plan = plan;
    this.#memory = memory;
  }

  static async load(files: VirtualFiles): Promise<Snapshot> {
    const plan: SnapshotPlan = JSON.parse(new TextDecoder().decode(await files.take("snapshot.json")));
    return new Snapshot(plan, files.take("snapshot.bin"));
  }

  /**
   * The header of the snapshot, which is all that Pyodide gets. Pyodide reads the memory only after this module has filled it.
   */
  get head(): Uint8Array {
    return Uint8Array.from(this.#plan.head);
  }

  /** The paths of the extensions to link. */
  get extensions(): readonly string[] {
    return this.#plan.extensions.map((extension) => extension.path);
  }

  /**
   * Make Pyodide's next start use this snapshot and the compiled modules. That start throws `SnapshotMismatch` if the snapshot
   * does not fit the browser.
   */
  prepareStart(interpreter: WebAssembly.Module, extensions: Promise<ReadonlyMap<string, LoadedExtension>>): void {
    const create = self._createPyodideModule;
    self._createPyodideModule = async (settings) => {
      self._createPyodideModule = create;
      let untouched = new Uint8Array();
      settings.INITIAL_MEMORY = this.#plan.length;
      settings.preRun.push(({ HEAPU8 }) => {
        untouched = HEAPU8.slice(0, this.#plan.untouched);
      });
      settings.instantiateWasm = (imports, done) => {
        WebAssembly.instantiate(interpreter, imports).then((instance) => done(instance, interpreter));
        return {};
      };
      const python = await create(settings);
      const loaded = await extensions;
      link(python, this.#plan, new Map([...loaded].map(([path, { compiled }]) => [path, compiled])));
      const initial: InitialValues[] = this.#plan.extensions.map(({ path, memory }) => [
        memory[0],
        (loaded.get(path) as LoadedExtension).data, // linked, so it was loaded
      ]);
      fillMemory(python.HEAPU8, [[0, untouched], ...initial], new Uint8Array(await this.#memory), this.#plan.pieces);
      restoreArgumentHelper(python);
      return python;
    };
  }
}

export async function loadExtension(file: Uint8Array): Promise<LoadedExtension> {
  return { compiled: await WebAssembly.compile(file as BufferSource), data: dataSegment(file) };
}

/**
 * Fill memory from a snapshot. Its file consists of pieces, each of which is the difference from the initial values (zero by
 * default).
 */
export function fillMemory(
  memory: Uint8Array,
  initial: readonly InitialValues[],
  file: Uint8Array,
  pieces: SnapshotPlan["pieces"],
): void {
  memory.fill(0);
  for (const [start, values] of initial) memory.set(values, start);
  let at = 0;
  for (const [start, end] of pieces) {
    applyDifference(memory.subarray(start, end), file.subarray(at, at + end - start));
    at += end - start;
  }
}

/** XOR a range of memory with a difference. Pieces start and end at multiples of 4, in memory and in the file. */
function applyDifference(memory: Uint8Array, difference: Uint8Array): void {
  const length = memory.length >> 2;
  const target = new Uint32Array(memory.buffer, memory.byteOffset, length);
  const source = new Uint32Array(difference.buffer, difference.byteOffset, length);
  for (let at = 0; at < length; at++) target[at] = (target[at] as number) ^ (source[at] as number);
}

/**
 * Restore the table index of the helper for calls with a wrong number of arguments. The index differs between browsers and
 * Node, in which the snapshot was taken.
 */
function restoreArgumentHelper(python: Interpreter): void {
  const memory = new DataView(python.HEAPU8.buffer);
  const offset = memory.getUint32(python.__PyEM_EMSCRIPTEN_COUNT_ARGS_OFFSET, true);
  memory.setUint32(python.__PyRuntime + offset, python._PyEM_CountArgsPtr, true);
}
