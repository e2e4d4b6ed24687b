// @ts-check
/** Where things are, for every step of the build. */

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** @param {string} path relative to this folder */
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export const paths = {
  runtime: here("./"),
  /** The files of the pinned list, each verified. Pyodide runs from here under Node. */
  files: here("../.cache/files/"),
  /** Archives of byte code, named by what they were made of. */
  compiled: here("../.cache/compiled/"),
  /** What the site serves. */
  pack: here("../.cache/pack/"),
  npm: here("../node_modules/"),
  engine: here("../../src/headwater/"),
  /** What the worker runs to open the seam; it imports the engine. */
  bridge: here("../src/runtime/bridge.py"),
};

/** The Python that runs `pip download`: the project's own, unless told otherwise. */
export function hostPython() {
  const own = here("../../.venv/bin/python");
  return process.env.HEADWATER_PYTHON ?? (existsSync(own) ? own : "python3");
}
