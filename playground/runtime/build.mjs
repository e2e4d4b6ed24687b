// @ts-check
/**
 * Builds the runtime pack: `node playground/runtime/build.mjs`.
 *
 *   files.json -> fetch -> verify -> compile -> snapshot -> pack -> .cache/pack/
 *
 * Every step keeps what it made under a name that says what it was made of, so that a second build does only what a
 * change asks for: as a rule, compiling the engine.
 */

import { Compiler } from "./compile.mjs";
import { fetchFiles } from "./fetch.mjs";
import { pack } from "./pack.mjs";
import { paths } from "./paths.mjs";
import { readPinned } from "./pinned.mjs";
import { prepare, prepareEngine, prepareSnapshot } from "./recipe.mjs";
import { Sources } from "./sources.mjs";

const log = (/** @type {string} */ line) => console.log(`runtime: ${line}`);

async function build() {
  const started = performance.now();
  const { versions, files } = await readPinned(new URL("files.json", import.meta.url));
  await fetchFiles(files, paths.files, Sources.of, log);

  const compiler = new Compiler(paths.files, paths.compiled, log);
  const prepared = [];
  for (const file of files) prepared.push(...(await prepare(file, compiler)));
  prepared.push(await prepareEngine(compiler));
  prepared.push(...(await prepareSnapshot(prepared, compiler)));

  const entries = await pack(prepared, paths.pack, versions.pyodide ?? "");
  const transfer = entries.reduce((sum, entry) => sum + entry.transfer, 0);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  log(
    `${entries.length} files, ${(transfer / 1e6).toFixed(1)} MB compressed, in playground/.cache/pack (${seconds} s)`,
  );
}

try {
  await build();
} catch (failure) {
  const detail = failure instanceof Error ? failure.message : String(failure);
  console.error(`\nThe Python runtime could not be built.\n\n${detail}\n`);
  process.exitCode = 1;
}
