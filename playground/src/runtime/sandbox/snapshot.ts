/**
 * The picture of a Python that has imported everything; `runtime/snapshot.mjs` takes it when the site is built.
 *
 * Pyodide can begin from a picture of its memory, but knows nothing of extensions in it. Those are linked here, before
 * the memory is filled and any of Python runs. Linking writes initial values into a memory that is then replaced as a
 * whole, so it may be done while the picture is still on its way.
 */

import { type Linker, type LinkingPlan, link } from "./linking.ts";
import type { VirtualFiles } from "./virtual-files.ts";

export interface Plan extends LinkingPlan {
  /** The head of Pyodide's own form of a picture: what it has to know beside the memory. */
  head: number[];
  /** Bytes of the memory. */
  length: number;
  /** The bytes of memory, from the beginning, of which the picture holds the difference from what they were. */
  untouched: number;
  /** Where in memory the bytes of the file belong, one piece after the other; the rest is as it was, or zeros. */
  pieces: [start: number, end: number][];
}

/** What Pyodide's main script is given before it starts, as far as it matters here. */
interface Settings {
  INITIAL_MEMORY: number;
  preRun: ((module: { HEAPU8: Uint8Array }) => void)[];
  instantiateWasm: (
    imports: WebAssembly.Imports,
    done: (instance: WebAssembly.Instance, compiled: WebAssembly.Module) => void,
  ) => object;
}

interface Interpreter extends Linker {
  /** The place in the table of a helper that only some browsers can have; Python's memory holds it too. */
  _PyEM_CountArgsPtr: number;
  __PyRuntime: number;
  __PyEM_EMSCRIPTEN_COUNT_ARGS_OFFSET: number;
}

declare const self: { _createPyodideModule: (settings: Settings) => Promise<Interpreter> };

export class Snapshot {
  readonly #plan: Plan;
  readonly #memory: Promise<ArrayBuffer>;

  private constructor(plan: Plan, written: Promise<ArrayBuffer>) {
    this.#plan = plan;
    this.#memory = written;
  }

  static async load(files: VirtualFiles): Promise<Snapshot> {
    const plan: Plan = JSON.parse(new TextDecoder().decode(await files.take("snapshot.json")));
    return new Snapshot(plan, files.take("snapshot.bin"));
  }

  /** What Pyodide is given to begin from: a picture without memory, which is filled here before Pyodide looks at it. */
  get head(): Uint8Array {
    return Uint8Array.from(this.#plan.head);
  }

  /** The paths of the extensions that have to be linked. */
  get extensions(): readonly string[] {
    return this.#plan.extensions.map((extension) => extension.path);
  }

  /**
   * Takes part in Pyodide's next start, with what is compiled while other files are on their way. That start throws
   * `SnapshotMismatch` where the picture does not fit the browser.
   */
  prepareStart(interpreter: WebAssembly.Module, extensions: Promise<ReadonlyMap<string, WebAssembly.Module>>): void {
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
      link(python, this.#plan, await extensions);
      fillMemory(python.HEAPU8, untouched, new Uint8Array(await this.#memory), this.#plan.pieces);
      restoreArgumentHelper(python);
      return python;
    };
  }
}

/** Makes of a memory, whatever it holds, the one in the picture: the difference from the untouched one, in pieces. */
export function fillMemory(
  memory: Uint8Array,
  untouched: Uint8Array,
  written: Uint8Array,
  pieces: Plan["pieces"],
): void {
  memory.set(untouched);
  memory.fill(0, untouched.length);
  let at = 0;
  for (const [start, end] of pieces) {
    const border = Math.min(Math.max(start, untouched.length), end);
    applyDifference(memory.subarray(start, border), written.subarray(at, at + border - start));
    memory.set(written.subarray(at + border - start, at + end - start), border);
    at += end - start;
  }
}

/** Pieces begin and end at multiples of 4, in memory and in the file. */
function applyDifference(memory: Uint8Array, difference: Uint8Array): void {
  const length = memory.length >> 2;
  const made = new Uint32Array(memory.buffer, memory.byteOffset, length);
  const from = new Uint32Array(difference.buffer, difference.byteOffset, length);
  for (let at = 0; at < length; at++) made[at] = (made[at] as number) ^ (from[at] as number);
}

/**
 * Whether there is a helper for calls with a wrong number of arguments, and where, differs from browser to browser, and
 * from what Node had when the picture was taken: a call that trusted the picture would go astray.
 */
function restoreArgumentHelper(python: Interpreter): void {
  const memory = new DataView(python.HEAPU8.buffer);
  const offset = memory.getUint32(python.__PyEM_EMSCRIPTEN_COUNT_ARGS_OFFSET, true);
  memory.setUint32(python.__PyRuntime + offset, python._PyEM_CountArgsPtr, true);
}
