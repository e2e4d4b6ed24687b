// @ts-check
/** Starts the pinned Pyodide under Node. */

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * @param {string} folder that holds the files of the pinned list
 * @param {{ stdLibURL?: string | undefined, env?: Record<string, string> }} options
 * @returns {Promise<any>}
 */
export async function startPyodide(folder, options) {
  // Pyodide's main script is of the old kind of module; Node would judge by the playground's package.json.
  await writeFile(join(folder, "package.json"), '{ "type": "commonjs" }\n');
  const { loadPyodide } = await import(pathToFileURL(join(folder, "pyodide.mjs")).href);
  return loadPyodide({ indexURL: folder, ...options });
}
