// @ts-check
/**
 * A memory snapshot of Python after all imports. A page that starts from the snapshot need not execute about 900 modules.
 *
 * Much of the memory comes with the WebAssembly files of the interpreter and the extensions. The snapshot stores the difference
 * from their data, so the site serves only the bytes that starting and importing have written.
 *
 * WebAssembly also has a table of functions, which cannot be read. The same steps produce the same table, so the plan stores
 * the steps: the linked extensions in order, with the memory address of each entry.
 */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { dataSegment } from "../src/runtime/sandbox/data-segment.ts";
import { clearFreeMemory } from "./free-memory.mjs";
import { startPyodide } from "./pyodide.mjs";
import { sha256 } from "./verify.mjs";

const SITE_PACKAGES = "/lib/python3.12/site-packages";
/**
 * Offsets in the linker's entry for an extension: the extension's ranges in memory and in the table, and a copy of its file.
 */
const MEMORY_START = 12;
const MEMORY_LENGTH = 16;
const TABLE_START = 20;
const TABLE_LENGTH = 24;
const FILE_ADDRESS = 28;
const FILE_LENGTH = 32;

/** The extensions' functions start at a multiple of this index, because some browsers have a few more functions than Node. */
const TABLE_STEP = 256;
/** The names of the worker's Python modules in the snapshot; `sandbox/python.ts` imports them. */
export const BRIDGE = "_headwater_bridge";
const DOCSTRINGS = "_headwater_docstrings";
const PAGE = 4096;

/**
 * @typedef {object} SnapshotOptions
 * @property {string} pyodide the folder with Pyodide
 * @property {string} library the path of the compiled standard library
 * @property {Uint8Array[]} archives of modules and extensions
 * @property {string[]} packages the modules to import from them
 * @property {Record<string, string>} sources the engine's source texts, by module name. The snapshot also contains the standard
 *   library modules that they may import later
 * @property {string} bridge the source text of the worker's Python module, which is warmed up and part of the snapshot
 * @property {string} docstrings the source text of the module that strips docstrings now and restores them in the page
 *
 * @typedef {{ memory: Uint8Array, plan: Uint8Array, docstrings: Uint8Array }} SnapshotFiles
 */

/**
 * @param {SnapshotOptions} options
 * @param {import("./build-cache.mjs").BuildCache} cache
 * @returns {Promise<{ memory: string, plan: string, docstrings: string }>} the paths of the files
 */
export async function takeSnapshot(options, cache) {
  const names = ["snapshot.mjs", "snapshot.py", "free-memory.mjs", "../src/runtime/sandbox/data-segment.ts"];
  const recipe = names.map((name) => new URL(name, import.meta.url));
  const files = [...recipe, join(options.pyodide, "pyodide-lock.json"), options.library];
  const contents = await Promise.all(files.map((path) => readFile(path)));
  const inputs = [...contents, ...options.archives, options.bridge, options.docstrings].map(sha256);
  /** @type {Promise<SnapshotFiles> | undefined} */
  let snapshot;
  const build = () => {
    snapshot ??= buildSnapshot(options);
    return snapshot;
  };
  return {
    memory: await cache.path("snapshot_memory.bin", inputs, async () => (await build()).memory),
    plan: await cache.path("snapshot_plan.json", inputs, async () => (await build()).plan),
    docstrings: await cache.path("docstrings.json", inputs, async () => (await build()).docstrings),
  };
}

/**
 * @param {SnapshotOptions} options
 * @returns {Promise<SnapshotFiles>}
 */
async function buildSnapshot({ pyodide, library, archives, packages, sources, ...options }) {
  let untouched = new Uint8Array();
  const python = await startPyodide(pyodide, { stdLibURL: library, _makeSnapshot: true }, (memory) => {
    untouched = memory.slice();
  });
  // Pyodide rejects Node's Buffer, a subclass of Uint8Array.
  for (const archive of archives) python.unpackArchive(new Uint8Array(archive), "zip", { extractDir: SITE_PACKAGES });
  // Python looks for time zones in this folder first. Otherwise, `import pandas` would unpack an archive of time zones.
  python.FS.mkdirTree("/usr/share");
  python.FS.symlink(`${SITE_PACKAGES}/tzdata/zoneinfo`, "/usr/share/zoneinfo");

  const { wasmTable } = python._module;
  const before = Math.ceil((wasmTable.length + TABLE_STEP) / TABLE_STEP) * TABLE_STEP;
  wasmTable.grow(before - wasmTable.length);
  const bridge = addModule(python, BRIDGE, options.bridge);
  const documentation = addModule(python, DOCSTRINGS, options.docstrings);
  const { answer } = bridge.Bridge();
  const steps = run(python, await readFile(new URL("snapshot.py", import.meta.url), "utf8"));
  const texts = python.toPy({ ...sources, [BRIDGE]: options.bridge, [DOCSTRINGS]: options.docstrings });
  steps.get("import_all")(texts, python.toPy(packages), () => python.toPy(filesInMemory(python._module)));
  const docstrings = documentation.strip();
  steps.get("warm_up")(answer);
  for (const proxy of [texts, answer, bridge, documentation]) proxy.destroy();
  steps.get("finish")();
  steps.destroy();
  clearFreeMemory(python._module);
  const [head, fullMemory] = splitSnapshot(python.makeMemorySnapshot());
  const extensions = linkedExtensions(python._module);
  /** @type {[start: number, values: Uint8Array][]} */
  const data = extensions.map(({ path, memory: [start] }) => [start, dataSegment(python.FS.readFile(path))]);
  const memory = difference(fullMemory, [[0, untouched], ...data]);
  const pieces = nonZeroRanges(memory);
  const plan = {
    head: [...head],
    length: memory.length,
    untouched: untouched.length,
    pieces,
    table: [before, wasmTable.length],
    extensions,
  };
  return {
    memory: Buffer.concat(pieces.map(([start, end]) => memory.subarray(start, end))),
    plan: new TextEncoder().encode(JSON.stringify(plan)),
    docstrings: new TextEncoder().encode(docstrings),
  };
}

/**
 * @param {any} python
 * @param {string} name
 * @param {string} source
 * @returns {any} the module
 */
function addModule(python, name, source) {
  python.runPython(`import sys, types; sys.modules["${name}"] = types.ModuleType("${name}")`);
  const module = python.pyimport(name);
  python.runPython(source, { globals: module.__dict__, filename: `${name}.py` });
  return module;
}

/**
 * @param {any} python
 * @param {string} source the text of a module
 * @returns {any} its globals
 */
function run(python, source) {
  const globals = python.toPy({ __name__: "snapshot" });
  python.runPython(source, { globals });
  return globals;
}

/**
 * Clear the copies of files that linked extensions keep in memory. Return their addresses.
 *
 * @param {any} module
 * @returns {number[]}
 */
function filesInMemory({ LDSO, HEAPU8 }) {
  const memory = new DataView(HEAPU8.buffer);
  const addresses = [];
  for (const entry of Object.keys(LDSO.loadedLibsByHandle).map(Number)) {
    const address = memory.getUint32(entry + FILE_ADDRESS, true);
    if (address === 0) continue;
    HEAPU8.fill(0, address, address + memory.getUint32(entry + FILE_LENGTH, true));
    memory.setUint32(entry + FILE_ADDRESS, 0, true);
    memory.setUint32(entry + FILE_LENGTH, 0, true);
    addresses.push(address);
  }
  return addresses;
}

/**
 * Return the extensions in the order of linking, each with the address of its entry and its ranges.
 *
 * @param {any} module
 * @returns {import("../src/runtime/sandbox/linking.ts").Extension[]}
 */
function linkedExtensions({ LDSO, HEAPU8 }) {
  const memory = new DataView(HEAPU8.buffer);
  const entries = new Map(Object.entries(LDSO.loadedLibsByHandle).map(([entry, library]) => [library, Number(entry)]));
  return Object.entries(LDSO.loadedLibsByName)
    .filter(([path]) => path.endsWith(".so"))
    .map(([path, library]) => {
      const entry = entries.get(library) ?? 0;
      const at = (/** @type {number} */ offset) => memory.getUint32(entry + offset, true);
      return {
        path,
        entry,
        memory: [at(MEMORY_START), at(MEMORY_LENGTH)],
        table: [at(TABLE_START), at(TABLE_LENGTH)],
      };
    });
}

/**
 * Return the ranges of pages with non-zero bytes. A third of the snapshot is free memory.
 *
 * @param {Uint8Array} memory
 * @returns {[start: number, end: number][]}
 */
export function nonZeroRanges(memory) {
  /** @type {[number, number][]} */
  const pieces = [];
  for (let start = 0; start < memory.length; start += PAGE) {
    const end = Math.min(start + PAGE, memory.length);
    if (memory.subarray(start, end).every((byte) => byte === 0)) continue;
    const last = pieces.at(-1);
    if (last?.[1] === start) last[1] = end;
    else pieces.push([start, end]);
  }
  return pieces;
}

/**
 * Split Pyodide's snapshot into its header, whose second word is the offset of the memory, and the memory.
 *
 * @param {Uint8Array} snapshot
 * @returns {[head: Uint8Array, memory: Uint8Array]}
 */
function splitSnapshot(snapshot) {
  const start = new DataView(snapshot.buffer, snapshot.byteOffset).getUint32(4, true);
  return [snapshot.slice(0, start), snapshot.slice(start)];
}

/**
 * Return how a memory differs from its initial values. `src/runtime/sandbox/snapshot.ts` reverses it.
 *
 * @param {Uint8Array} memory
 * @param {[start: number, values: Uint8Array][]} initial
 */
export function difference(memory, initial) {
  const delta = memory.slice();
  for (const [start, values] of initial) {
    values.forEach((value, at) => {
      delta[start + at] = (delta[start + at] ?? 0) ^ value;
    });
  }
  return delta;
}
