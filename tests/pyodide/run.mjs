// @ts-check
/**
 * Run this repository's tests inside Pyodide. Sources and tests are copied, so tests cannot change the originals.
 *
 *     node tests/pyodide/run.mjs [options] [-- pytest's options]
 *
 *     --all             every test; by default only those marked `interpreter`
 *     --packs           only the tests of the libraries that pages load on demand
 *     --pyodide NAME    `site` (the default) or `314`; see runtimes.mjs
 *     --test-limit S    seconds after which a test fails
 *     --run-limit S     seconds after which the run fails
 */

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { addPacks, runtimeNamed } from "./runtimes.mjs";
import { Watchdog } from "./watchdog.mjs";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));
/** Files and folders that tests need. */
const COPIED = [
  "src",
  "tests",
  "docs/data",
  "docs/decorators",
  "docs/examples",
  "pyproject.toml",
  "playground/src/runtime/bridge.py",
  "playground/src/runtime/docstrings.py",
];
const OPTIONS = [
  "--capture=sys", // capturing file descriptors needs deleted files to stay readable, which this file system does not support
  "-pno:cacheprovider",
  "--durations=50",
  "--ignore=tests/browser",
  "--ignore=tests/caching/test_disk.py", // this and the next two need SQLite, which Pyodide does not contain
  "--ignore=tests/caching/test_disk_failures.py",
  "--ignore=tests/cli/test_cache.py",
  "--ignore=tests/docs", // needs the docs and their hooks, which are not copied
  "--ignore=tests/system/test_deploy_headers.py", // needs `deploy/`, which is not copied
];

/** The tests that may need packs. They run separately, because packs change how other libraries behave. */
const PACK_TESTS = ["tests/pyodide/test_packs.py", "tests/system/test_example_values.py"];
const ALL_TESTS = ["-m", "not native"];
/** The same properties are checked with more examples in native Python, which is several times faster. */
const INTERPRETER_TESTS = ["-m", "interpreter and not native and not portable", "--hypothesis-profile=brief"];

/** @param {string} path relative to the repository */
async function filesOf(path) {
  if (path.includes(".")) return [path];
  const entries = await readdir(join(REPOSITORY, path), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => (entry.isFile() || entry.isSymbolicLink()) && !entry.parentPath.includes("__pycache__"))
    .map((entry) => join(entry.parentPath, entry.name).slice(REPOSITORY.length));
}

/**
 * @param {any} FS
 * @param {string} path relative to the repository
 */
async function copy(FS, path) {
  for (const file of await filesOf(path)) {
    const target = `/repository/${file}`;
    FS.mkdirTree(target.slice(0, target.lastIndexOf("/")));
    FS.writeFile(target, await readFile(join(REPOSITORY, file)));
  }
}

async function main() {
  const { values, positionals } = parseArgs({
    options: {
      all: { type: "boolean", default: false },
      packs: { type: "boolean", default: false },
      pyodide: { type: "string", default: "site" },
      "test-limit": { type: "string", default: "300" },
      "run-limit": { type: "string", default: "1800" },
    },
    allowPositionals: true,
  });
  const limits = { test: Number(values["test-limit"]), run: Number(values["run-limit"]) };
  const watchdog = new Watchdog(limits);
  const { start, absent } = runtimeNamed(values.pyodide);
  const python = await start();
  if (values.packs) await addPacks(python);
  for (const path of COPIED) await copy(python.FS, path);
  python.FS.chdir("/repository");
  python.setInterruptBuffer(watchdog.interrupts);

  const selection = values.packs ? PACK_TESTS : ["--ignore=tests/pyodide", ...(values.all ? ALL_TESTS : INTERPRETER_TESTS)];
  const names = python.toPy({ arguments: [...OPTIONS, ...selection, ...positionals], absent, limit: limits.test });
  names.set("watchdog", watchdog);
  const program = await readFile(new URL("start.py", import.meta.url), "utf8");
  return python.runPython(program, { globals: names, filename: "/repository/tests/pyodide/start.py" });
}

try {
  process.exitCode = await main();
} catch (failure) {
  // Only the message: the traceback contains a very long line of Pyodide's code.
  console.error(failure instanceof Error ? failure.message : failure);
  process.exitCode = 1;
}
