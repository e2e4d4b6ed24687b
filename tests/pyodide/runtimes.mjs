// @ts-check
/** The two Pyodides that tests run in: the site's, and a newer one with CPython 3.14. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Compiler } from "../../playground/runtime/compile.mjs";
import { fetchFiles } from "../../playground/runtime/fetch.mjs";
import { paths } from "../../playground/runtime/paths.mjs";
import { readPinned } from "../../playground/runtime/pinned.mjs";
import { startPyodide } from "../../playground/runtime/pyodide.mjs";
import { prepare, prepareFontList } from "../../playground/runtime/recipe.mjs";
import { Sources } from "../../playground/runtime/sources.mjs";

/** @typedef {import("../../playground/runtime/pinned.mjs").PinnedFile} PinnedFile */

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const log = (/** @type {string} */ line) => console.log(`pyodide: ${line}`);
const ENVIRONMENT = {
  HOME: "/home/pyodide",
  HYPOTHESIS_STORAGE_DIRECTORY: "/tmp/hypothesis",
  PYTHONDONTWRITEBYTECODE: "1",
};

/**
 * @typedef {object} Runtime
 * @property {() => Promise<any>} start starts Python with all packages that the tests import
 * @property {string[]} absent libraries without a build for this Pyodide; tests that need one are skipped
 */

/** @type {Record<string, Runtime>} */
const RUNTIMES = {
  site: { start: startShipped, absent: [] },
  314: { start: start314, absent: ["numpy", "pandas"] },
};

/**
 * @param {string} name
 * @returns {Runtime}
 */
export function runtimeNamed(name) {
  const runtime = RUNTIMES[name];
  if (runtime !== undefined) return runtime;
  throw new Error(`Unknown Pyodide "${name}". Choose from ${Object.keys(RUNTIMES).join(", ")}.`);
}

/** Start from the site's compiled files, like a page: the same bytecode, numpy and pandas. */
async function startShipped() {
  const { versions, files } = await readPinned(join(paths.runtime, "files.json"));
  await fetchFiles(files, paths.files, Sources.of, log);

  const compiler = new Compiler(paths.files, paths.compiled, log);
  const library = files.find((file) => file.part === "standard-library");
  if (library !== undefined) await prepare(library, compiler);
  const python = await startPyodide(paths.files, { stdLibURL: compiler.standardLibrary, env: ENVIRONMENT });
  for (const file of files.filter(({ part }) => part === "package")) {
    for (const { content } of await prepare(file, compiler)) unpack(python, content, versions.python);
  }
  await addTestPackages(python, versions.python);
  return python;
}

/**
 * Install the packs as a page does: after pandas is imported.
 *
 * @param {any} python
 */
export async function addPacks(python) {
  const { versions, files } = await readPinned(join(paths.runtime, "files.json"));
  const compiler = new Compiler(paths.files, paths.compiled, log);
  const prepared = [];
  for (const file of files) prepared.push(...(await prepare(file, compiler)));
  prepared.push(await prepareFontList(prepared, compiler));
  python.FS.mkdirTree("/usr/share");
  python.FS.symlink(`/lib/python${versions.python}/site-packages/tzdata/zoneinfo`, "/usr/share/zoneinfo");
  python.runPython("import os, pandas; os.environ['MPLBACKEND'] = 'agg'");
  for (const { stage, content } of prepared) if (stage === "pack") unpack(python, content, versions.python);
  await python._api.loadDynlib(`/lib/python${versions.python}/site-packages/libopenblas.so`, false);
  await python._api.loadDynlib(`/lib/python${versions.python}/site-packages/pyarrow/libarrow_python.so`, false);
}

/** Start from the published release. */
async function start314() {
  const folder = join(paths.files, "../files-314");
  const { versions, files } = await readPinned(here("files-314.json"));
  await fetchFiles(files, folder, Sources.of, log);
  const python = await startPyodide(folder, { env: ENVIRONMENT });
  await addTestPackages(python, versions.python);
  return python;
}

/**
 * Install the test packages from their published wheels: pytest needs sources to rewrite assertions.
 *
 * @param {any} python
 * @param {string | undefined} version
 */
async function addTestPackages(python, version) {
  const { files } = await readPinned(join(paths.runtime, "test-files.json"));
  await fetchFiles(files, paths.files, Sources.of, log);
  for (const { name } of files) unpack(python, await readFile(join(paths.files, name)), version);
}

/**
 * @param {any} python
 * @param {Uint8Array} archive
 * @param {string | undefined} version of Python, such as 3.12
 */
function unpack(python, archive, version) {
  // Pyodide rejects Node's Buffer, a subclass of Uint8Array.
  python.unpackArchive(new Uint8Array(archive), "zip", { extractDir: `/lib/python${version}/site-packages` });
}
