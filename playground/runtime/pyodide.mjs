// @ts-check
/** The pinned Pyodide, started under Node. */

import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * @typedef {object} Options
 * @property {string | undefined} [stdLibURL]
 * @property {Record<string, string>} [env]
 * @property {boolean} [_makeSnapshot] allows a memory snapshot to be taken later
 */

/**
 * @param {string} folder with the files from the pinned list
 * @param {Options} options
 * @param {(memory: Uint8Array) => void} [onMemory] receives the initial memory, before Python's first instruction
 * @returns {Promise<any>}
 */
export async function startPyodide(folder, options, onMemory) {
  // Pyodide's main script is CommonJS, but because of the playground's package.json, Node would load it as an ES module.
  await writeFile(join(folder, "package.json"), '{ "type": "commonjs" }\n');
  const main = join(folder, "pyodide.mjs");
  const { loadPyodide } = await import(pathToFileURL(main).href);
  if (onMemory === undefined) return loadPyodide({ indexURL: folder, ...options });

  createRequire(main)("./pyodide.asm.js");
  const globals = /** @type {any} */ (globalThis);
  const create = globals._createPyodideModule;
  globals._createPyodideModule = (/** @type {any} */ settings) => {
    settings.preRun.push((/** @type {any} */ module) => onMemory(module.HEAPU8));
    return create(settings);
  };
  try {
    return await loadPyodide({ indexURL: folder, ...options });
  } finally {
    globals._createPyodideModule = create;
  }
}
