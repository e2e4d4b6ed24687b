// @ts-check
/**
 * Build the Python runtime files for the site: `node playground/runtime/build.mjs`.
 *
 *   files.json -> fetch -> verify -> compile -> snapshot -> pack -> .cache/pack/
 *
 * The snapshot contains the modules that every page loads. Packs are libraries that pages load on demand, after Python has
 * started.
 *
 * Each step caches its results under names that are derived from its inputs. Therefore, a second build repeats only the steps
 * whose inputs changed: usually, compiling the engine and taking the memory snapshot.
 */

import { Compiler } from "./compile.mjs";
import { fetchFiles } from "./fetch.mjs";
import { pack } from "./pack.mjs";
import { paths } from "./paths.mjs";
import { readPinned } from "./pinned.mjs";
import { defaultIndex, prepare, prepareEngine, prepareExtras, prepareFontList, prepareSnapshot } from "./recipe.mjs";
import { Sources } from "./sources.mjs";

const log = (/** @type {string} */ line) => console.log(`runtime: ${line}`);

async function build() {
  const started = performance.now();
  const { versions, files } = await readPinned(new URL("files.json", import.meta.url));
  await fetchFiles(files, paths.files, Sources.of, log);

  const compiler = new Compiler(paths.files, paths.compiled, log);
  const prepared = [];
  for (const file of files) prepared.push(...(await prepare(file, compiler)));
  prepared.push(await prepareFontList(prepared, compiler));
  prepared.push(await prepareExtras(prepared));
  prepared.push(await prepareEngine(compiler));
  prepared.push(...(await prepareSnapshot(prepared, compiler)));

  const index = await defaultIndex(files, compiler);
  const entries = await pack(prepared, paths.pack, { pyodide: versions.pyodide ?? "", index });
  const transfer = sizeOf(entries.filter(({ stage }) => stage !== "pack" && stage !== "preload"));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  log(
    `${entries.length} files, ${megabytes(transfer)} MB compressed and ${megabytes(sizeOf(entries) - transfer)} MB of packs, ` +
      `in playground/.cache/pack (${seconds} s)`,
  );
}

/** @param {import("./pack.mjs").Entry[]} entries */
function sizeOf(entries) {
  return entries.reduce((sum, entry) => sum + entry.transfer, 0);
}

/** @param {number} bytes */
function megabytes(bytes) {
  return (bytes / 1e6).toFixed(1);
}

try {
  await build();
} catch (failure) {
  const detail = failure instanceof Error ? failure.message : String(failure);
  console.error(`\nBuilding the Python runtime files failed.\n\n${detail}\n`);
  process.exitCode = 1;
}
