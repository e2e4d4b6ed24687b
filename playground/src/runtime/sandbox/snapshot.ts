/**
 * The memory snapshot of a Python interpreter that has imported all modules. The build takes it with `runtime/snapshot.mjs`.
 *
 * Pyodide can start from a memory snapshot only if the snapshot has no extensions. This module links the extensions before it
 * fills the memory and before Python runs. The snapshot overwrites the values that linking writes to memory, so linking need
 * not wait for it.
 */

import { dataSegment } from "./data-segment.ts";
import { type Linker, type LinkingPlan, link } from "./linking.ts";
import type { VirtualFiles } from "./virtual-files.ts";

/** The part of a plan that Pyodide needs to start. */
interface StartPlan {
  /** The header of Pyodide's snapshot format. */
  head: number[];
  /** The size of the memory in bytes. */
  length: number;
  /** The number of bytes at the start of memory that have initial values; all later bytes are initially zero. */
  untouched: number;
}

export interface SnapshotPlan extends StartPlan, LinkingPlan {
  /** The memory ranges of the consecutive pieces of the file. Bytes outside these ranges keep their initial values. */
  pieces: [start: number, end: number][];
}

/** Pyodide starts before the preload's plan has arrived, so the base plan contains the part of that plan that Pyodide needs. */
type BasePlan = SnapshotPlan & { preload: StartPlan };

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
  /** Return the end of the heap, and let it grow by `increment` bytes. */
  _sbrk: (increment: number) => number;
}

declare const self: { _createPyodideModule: (settings: ModuleSettings) => Promise<Interpreter> };

/** A layer of memory: the differences from the layers below, or from the memory's initial values. */
export interface Layer {
  pieces: SnapshotPlan["pieces"];
  memory: Promise<ArrayBuffer>;
}

export class Snapshot {
  readonly #start: StartPlan;
  readonly #plan: Promise<SnapshotPlan>;
  readonly #layers: readonly Promise<Layer>[];

  private constructor(start: StartPlan, plan: Promise<SnapshotPlan>, layers: readonly Promise<Layer>[]) {
    this.#start = start;
    this.#plan = plan;
    this.#layers = layers;
  }

  /** Load the base snapshot. Return it with a function that loads the preload: the same Python after it has imported packs. */
  static async load(files: VirtualFiles): Promise<{ base: Snapshot; preload: () => Snapshot }> {
    const plan: BasePlan = await planIn(files.take("snapshot.json"));
    const layer = Promise.resolve({ pieces: plan.pieces, memory: files.take("snapshot.bin") });
    const base = new Snapshot(plan, Promise.resolve(plan), [layer]);
    const preload = (): Snapshot => {
      const preloadPlan = planIn<SnapshotPlan>(files.take("preload.json"));
      const memory = files.take("preload.bin");
      const preloadLayer = preloadPlan.then(({ pieces }) => ({ pieces, memory }));
      return new Snapshot(plan.preload, preloadPlan, [layer, preloadLayer]);
    };
    return { base, preload };
  }

  /**
   * The header of the snapshot, the only part that Pyodide receives. Pyodide reads the memory only after this module
   * has filled it.
   */
  get head(): Uint8Array {
    return Uint8Array.from(this.#start.head);
  }

  /** The paths of the extensions to link. */
  get extensions(): Promise<string[]> {
    return this.#plan.then(({ extensions }) => extensions.map(({ path }) => path));
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
      settings.INITIAL_MEMORY = this.#start.length;
      settings.preRun.push(({ HEAPU8 }) => {
        untouched = HEAPU8.slice(0, this.#start.untouched);
      });
      settings.instantiateWasm = (imports, done) => {
        WebAssembly.instantiate(interpreter, imports).then((instance) => done(instance, interpreter));
        return {};
      };
      const python = await create(settings);
      const plan = await this.#plan;
      const loaded = await extensions;
      link(python, plan, new Map([...loaded].map(([path, { compiled }]) => [path, compiled])));
      const initial: InitialValues[] = plan.extensions.map(({ path, memory }) => [
        memory[0],
        (loaded.get(path) as LoadedExtension).data, // linked, so it was loaded
      ]);
      const written: [start: number, length: number][] = plan.extensions.map(({ memory }) => memory);
      resetMemory(python.HEAPU8, [[0, python._sbrk(0)], ...written], [[0, untouched], ...initial]);
      for (const layer of this.#layers) {
        const { pieces, memory } = await layer;
        applyLayer(python.HEAPU8, pieces, new Uint8Array(await memory));
      }
      restoreArgumentHelper(python);
      return python;
    };
  }
}

export async function loadExtension(file: Uint8Array): Promise<LoadedExtension> {
  return { compiled: await WebAssembly.compile(file as BufferSource), data: dataSegment(file) };
}

/** Fill the written ranges of the memory with zeros, and then write the initial values. */
export function resetMemory(
  memory: Uint8Array,
  written: readonly [start: number, length: number][],
  initial: readonly InitialValues[],
): void {
  for (const [start, length] of written) memory.fill(0, start, start + length);
  for (const [start, values] of initial) memory.set(values, start);
}

/** Apply the differences in a file, one piece after another. */
export function applyLayer(memory: Uint8Array, pieces: SnapshotPlan["pieces"], file: Uint8Array): void {
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
 * Restore the table index of the helper for calls with the wrong number of arguments. The index differs between browsers and
 * Node, in which the snapshot was taken.
 */
function restoreArgumentHelper(python: Interpreter): void {
  const memory = new DataView(python.HEAPU8.buffer);
  const offset = memory.getUint32(python.__PyEM_EMSCRIPTEN_COUNT_ARGS_OFFSET, true);
  memory.setUint32(python.__PyRuntime + offset, python._PyEM_CountArgsPtr, true);
}

async function planIn<Plan extends SnapshotPlan>(file: Promise<ArrayBuffer>): Promise<Plan> {
  return JSON.parse(new TextDecoder().decode(await file));
}
