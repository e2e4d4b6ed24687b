// @ts-check
/**
 * Runs tests of this repository inside the Python that the playground runs: `node tests/pyodide/run.mjs [pytest's options]`.
 *
 * Python starts from the files of the runtime pack, as a page starts it, so what passes here passes with the very
 * byte code, numpy and pandas that a visitor gets. Sources and tests are copied in: nothing can touch the real ones.
 */

import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Compiler } from "../../playground/runtime/compile.mjs";
import { fetchFiles } from "../../playground/runtime/fetch.mjs";
import { readPinned } from "../../playground/runtime/pinned.mjs";
import { places } from "../../playground/runtime/places.mjs";
import { startPyodide } from "../../playground/runtime/pyodide.mjs";
import { prepare } from "../../playground/runtime/recipe.mjs";
import { Sources } from "../../playground/runtime/sources.mjs";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));
const SITE_PACKAGES = "/lib/python3.12/site-packages";
/** What a test may need to find beside it. */
const COPIED = ["src", "tests", "docs/decorators", "docs/examples", "pyproject.toml", "playground/src/runtime/bridge.py"];
/** Tests of these folders need no browser and no build; others drive one. */
const TESTED = (await readdir(join(REPOSITORY, "tests")))
  .filter((name) => /^test_\w+\.py$|^[a-z]+$/.test(name))
  .filter((name) => !["browser", "corpus", "docs", "packaging", "pyodide", "typing"].includes(name))
  .map((name) => `tests/${name}`);
/** Capturing descriptors needs files that live on after their deletion, which this file system does not know. */
const OPTIONS = ["--capture=sys", "-p", "no:cacheprovider", "-m", "not native"];

const say = (/** @type {string} */ line) => console.log(`pyodide: ${line}`);

/** @returns {Promise<any>} Python with the packages of the pack and those that only tests need */
async function startPython() {
  const runtime = await readPinned(join(places.runtime, "files.json"));
  const forTests = await readPinned(join(places.runtime, "test-files.json"));
  await fetchFiles([...runtime.files, ...forTests.files], places.files, Sources.of, say);

  const compiler = new Compiler(places.files, places.compiled, say);
  const library = runtime.files.find((file) => file.part === "standard-library");
  if (library !== undefined) await prepare(library, compiler);
  const python = await startPyodide(places.files, {
    stdLibURL: compiler.standardLibrary,
    env: { HOME: "/home/pyodide", HYPOTHESIS_STORAGE_DIRECTORY: "/tmp/hypothesis", PYTHONDONTWRITEBYTECODE: "1" },
  });
  for (const file of runtime.files.filter(({ part }) => part === "package")) {
    for (const { content } of await prepare(file, compiler)) unpack(python, content);
  }
  // pytest rewrites assertions from sources, so what only tests need stays as it was published.
  for (const file of forTests.files) {
    unpack(python, await readFile(join(places.files, file.name)));
  }
  return python;
}

/**
 * @param {any} python
 * @param {Uint8Array} archive
 */
function unpack(python, archive) {
  // Node's own Buffer is a type that Pyodide refuses.
  python.unpackArchive(new Uint8Array(archive), "zip", { extractDir: SITE_PACKAGES });
}

/**
 * @param {any} FS
 * @param {string} path relative to the repository
 */
async function copy(FS, path) {
  const entries = path.includes(".")
    ? [path]
    : (await readdir(join(REPOSITORY, path), { recursive: true, withFileTypes: true }))
        .filter((entry) => (entry.isFile() || entry.isSymbolicLink()) && !entry.parentPath.includes("__pycache__"))
        .map((entry) => join(entry.parentPath, entry.name).slice(REPOSITORY.length));
  for (const entry of entries) {
    const target = `/repository/${entry}`;
    FS.mkdirTree(target.slice(0, target.lastIndexOf("/")));
    FS.writeFile(target, await readFile(join(REPOSITORY, entry)));
  }
}

async function main() {
  const python = await startPython();
  for (const path of COPIED) await copy(python.FS, path);
  python.FS.chdir("/repository");
  const asked = process.argv.slice(2);
  const tested = TESTED.filter((path) => existsSync(join(REPOSITORY, path)));
  const names = python.toPy({ arguments: [...OPTIONS, ...(asked.length > 0 ? asked : tested)] });
  return python.runPython(await readFile(new URL("start.py", import.meta.url), "utf8"), { globals: names });
}

try {
  process.exitCode = await main();
} catch (failure) {
  // The whole failure would show the one long line of Pyodide's code that it came through.
  console.error(failure instanceof Error ? failure.message : failure);
  process.exitCode = 1;
}
