// @ts-check
/** The paths that the build uses. */

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** @param {string} path relative to this folder */
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export const paths = {
  runtime: here("./"),
  /** The verified files from the pinned list. Under Node, Pyodide runs from this folder. */
  files: here("../.cache/files/"),
  /** The build cache: archives of bytecode and the memory snapshot. */
  compiled: here("../.cache/compiled/"),
  /** The files that the site serves. */
  pack: here("../.cache/pack/"),
  npm: here("../node_modules/"),
  /** The file that lists the engine's extras. */
  project: here("../../pyproject.toml"),
  engine: here("../../src/headwater/"),
  /** The worker's Python module, which imports the engine. */
  bridge: here("../src/runtime/bridge.py"),
  docstrings: here("../src/runtime/docstrings.py"),
};

/** Return the Python that runs `pip download`: the one in `HEADWATER_PYTHON`, or the project's Python. */
export function hostPython() {
  const python = here("../../.venv/bin/python");
  return process.env.HEADWATER_PYTHON ?? (existsSync(python) ? python : "python3");
}
