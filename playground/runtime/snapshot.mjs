// @ts-check
/**
 * A memory snapshot of Python after all imports. A page that starts from the snapshot does not have to import about 900 modules.
 *
 * The WebAssembly files of the interpreter and the extensions contain much of the memory. The snapshot stores the difference
 * from their data, so the site serves only the bytes that were written during startup and imports.
 *
 * WebAssembly also has a table of functions, which cannot be read. The same steps produce the same table, so the plan stores
 * the steps: the linked extensions in order, with the memory address of each entry.
 *
 * A preload is a second snapshot, of the same Python after it has also imported a pack. It stores the differences from the first
 * one. Pages use it if their code imports the pack and they have used the pack before.
 */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { members } from "../src/runtime/sandbox/archive.ts";
import { dataSegment } from "../src/runtime/sandbox/data-segment.ts";
import { baseName, isSharedLibrary } from "../src/runtime/sandbox/shared-library.ts";
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
const ENTRY_LENGTH = 64;

/** The extensions' functions start at a multiple of this number, because some browsers have a few more functions than Node. */
const TABLE_STEP = 256;
/** The names of the worker's Python modules in the snapshot; `sandbox/python.ts` imports them. */
export const BRIDGE = "_headwater_bridge";
const DOCSTRINGS = "_headwater_docstrings";
const PAGE = 1024;

/**
 * @typedef {object} SnapshotOptions
 * @property {string} pyodide the folder with Pyodide
 * @property {string} library the path of the compiled standard library
 * @property {Uint8Array[]} archives of modules and extensions
 * @property {string[]} packages the modules to import from them
 * @property {Record<string, string>} sources the engine's source texts, by module name. The snapshot also contains the standard
 *   library modules that the engine may import later
 * @property {string} bridge the source text of the worker's Python module, which is warmed up and part of the snapshot
 * @property {string} docstrings the source text of the module that strips docstrings now and restores them in the page
 * @property {Preload} preload
 *
 * @typedef {{ archives: Uint8Array[], modules: string[] }} Preload the archives of packs, and the modules to import from them
 *
 * @typedef {{ memory: Uint8Array, plan: Uint8Array }} SnapshotFiles
 */

/**
 * @param {SnapshotOptions} options
 * @param {import("./build-cache.mjs").BuildCache} cache
 * @returns the paths of the files
 */
export async function takeSnapshots(options, cache) {
  const names = ["snapshot.mjs", "snapshot.py", "free-memory.mjs", "../src/runtime/sandbox/data-segment.ts"];
  const recipe = names.map((name) => new URL(name, import.meta.url));
  const files = [...recipe, join(options.pyodide, "pyodide-lock.json"), options.library];
  const contents = await Promise.all(files.map((path) => readFile(path)));
  const { archives, bridge, docstrings, preload } = options;
  const inputs = [...contents, ...archives, bridge, docstrings, ...preload.archives, preload.modules.join()].map(
    sha256,
  );
  /** @type {ReturnType<typeof buildSnapshots> | undefined} */
  let snapshots;
  const build = () => {
    snapshots ??= buildSnapshots(options);
    return snapshots;
  };
  const pathsOf = async (/** @type {"base" | "preload"} */ kind, /** @type {string} */ title) => ({
    memory: await cache.path(`${title}memory.bin`, inputs, async () => (await build())[kind].memory),
    plan: await cache.path(`${title}plan.json`, inputs, async () => (await build())[kind].plan),
  });
  return {
    base: await pathsOf("base", "snapshot_"),
    preload: await pathsOf("preload", "preload_"),
    docstrings: await cache.path("docstrings.json", inputs, async () => (await build()).docstrings),
  };
}

/**
 * @param {SnapshotOptions} options
 * @returns {Promise<{ base: SnapshotFiles, preload: SnapshotFiles, docstrings: Uint8Array }>}
 */
async function buildSnapshots({ pyodide, library, archives, packages, sources, preload, ...options }) {
  let untouched = new Uint8Array();
  const python = await startPyodide(pyodide, { stdLibURL: library, _makeSnapshot: true }, (memory) => {
    untouched = memory.slice();
  });
  unpack(python, archives);
  // Python looks for time zones in this folder first. Otherwise, `import pandas` would unpack an archive of time zones.
  python.FS.mkdirTree("/usr/share");
  python.FS.symlink(`${SITE_PACKAGES}/tzdata/zoneinfo`, "/usr/share/zoneinfo");

  const { wasmTable } = python._module;
  const before = Math.ceil((wasmTable.length + TABLE_STEP) / TABLE_STEP) * TABLE_STEP;
  wasmTable.grow(before - wasmTable.length);
  const camera = { python, untouched, before };
  const script = await readFile(new URL("snapshot.py", import.meta.url), "utf8");
  const filesToFree = () => python.toPy(filesInMemory(python._module));

  const bridge = addModule(python, BRIDGE, options.bridge);
  const documentation = addModule(python, DOCSTRINGS, options.docstrings);
  const { answer } = bridge.Bridge();
  const steps = run(python, script);
  const texts = python.toPy({ ...sources, [BRIDGE]: options.bridge, [DOCSTRINGS]: options.docstrings });
  steps.get("import_all")(texts, python.toPy(packages), filesToFree);
  const docstrings = documentation.strip();
  steps.get("warm_up")(answer);
  for (const proxy of [texts, answer, bridge, documentation]) proxy.destroy();
  steps.get("finish")();
  steps.destroy();
  const base = takePicture(camera, []);

  await importPreload(python, preload, { script, filesToFree });
  const extended = takePicture(camera, [[0, base.difference]]);
  // The page starts Pyodide before it has the plan of the preload.
  const { head, length, untouched: start } = extended.plan;
  const basePlan = { ...base.plan, preload: { head, length, untouched: start } };
  return {
    base: filesOf({ ...base, plan: basePlan }),
    preload: filesOf(extended),
    docstrings: new TextEncoder().encode(docstrings),
  };
}

/**
 * Import packs into an interpreter after its snapshot was taken. The packs keep their docstrings, because removing them
 * would change more memory than it saves.
 *
 * @param {any} python
 * @param {Preload} preload
 * @param {{ script: string, filesToFree: () => any }} base
 */
async function importPreload(python, { archives, modules }, { script, filesToFree }) {
  unpack(python, archives);
  await linkSharedLibraries(python, archives);
  const steps = run(python, script);
  steps.get("import_packs")(python.toPy(modules), filesToFree);
  const bridge = python.pyimport(BRIDGE);
  const { answer } = bridge.Bridge();
  steps.get("warm_up_packs")(answer);
  for (const proxy of [answer, bridge]) proxy.destroy();
  steps.get("free_unused")();
  steps.destroy();
}

/**
 * @param {any} python
 * @param {Uint8Array[]} archives
 */
function unpack(python, archives) {
  // Pyodide rejects Node's Buffer, a subclass of Uint8Array.
  for (const archive of archives) python.unpackArchive(new Uint8Array(archive), "zip", { extractDir: SITE_PACKAGES });
}

/**
 * Link the libraries that several extensions share, as a page does when it installs a pack. They get entries like those of
 * extensions, so the plan can contain them.
 *
 * @param {any} python
 * @param {Uint8Array[]} archives
 */
async function linkSharedLibraries({ FS, _module: module }, archives) {
  const fs = { findObject: FS.findObject, readFile: FS.readFile };
  for (const archive of archives) {
    for (const [name] of members(new Uint8Array(archive).buffer)) {
      if (!isSharedLibrary(name)) continue;
      const path = `${SITE_PACKAGES}/${name}`;
      const entry = module._PyMem_RawMalloc(ENTRY_LENGTH);
      module.HEAPU8.fill(0, entry, entry + ENTRY_LENGTH);
      const flags = { loadAsync: true, nodelete: true, allowUndefined: true, global: false, fs };
      await module.loadDynamicLibrary(path, flags, {}, entry);
      const libraries = module.LDSO.loadedLibsByName;
      libraries[baseName(path)] = libraries[path];
    }
  }
}

/**
 * @typedef {object} Picture
 * @property {Uint8Array} difference between the memory and its initial values
 * @property {import("../src/runtime/sandbox/snapshot.ts").SnapshotPlan} plan
 */

/**
 * Take a snapshot now.
 *
 * @param {{ python: any, untouched: Uint8Array, before: number }} camera `untouched` is the initial memory, and `before` the
 * length of the function table before the first extension was linked
 * @param {[start: number, values: Uint8Array][]} known differences that an earlier snapshot contains
 * @returns {Picture}
 */
function takePicture({ python, untouched, before }, known) {
  clearFreeMemory(python._module);
  const [head, memory] = splitSnapshot(python.makeMemorySnapshot());
  const extensions = linkedExtensions(python._module);
  /** @type {[start: number, values: Uint8Array][]} */
  const data = extensions.map(({ path, memory: [start] }) => [start, dataSegment(python.FS.readFile(path))]);
  const changed = difference(memory, [[0, untouched], ...data, ...known]);
  return {
    difference: changed,
    plan: {
      head: [...head],
      length: memory.length,
      untouched: untouched.length,
      pieces: nonZeroRanges(changed),
      table: [before, python._module.wasmTable.length],
      extensions,
    },
  };
}

/**
 * @param {Picture} picture
 * @returns {SnapshotFiles}
 */
function filesOf({ difference: changed, plan }) {
  return {
    memory: Buffer.concat(plan.pieces.map(([start, end]) => changed.subarray(start, end))),
    plan: new TextEncoder().encode(JSON.stringify(plan)),
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
    .filter(([path]) => path.startsWith("/")) // shared libraries are also listed by their names without a folder
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
 * Return the ranges of pages with non-zero bytes. A third of the snapshot is free memory, which contains only zeros.
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
 * Return the difference between memory and its initial values. `src/runtime/sandbox/snapshot.ts` restores the memory.
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
