// @ts-check
/**
 * Builds the runtime pack: `node playground/runtime/build.mjs`.
 *
 *   files.json -> fetch -> verify -> compile -> pack -> .cache/pack/
 *
 * Every step keeps what it made under a name that says what it was made of, so that a second build does only what a
 * change asks for: as a rule, compiling the engine.
 */

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Compiler, DROPPED } from "./compile.mjs";
import { fetchFiles } from "./fetch.mjs";
import { pack } from "./pack.mjs";
import { readPinned } from "./pinned.mjs";
import { hostPython, places } from "./places.mjs";
import { Sources } from "./sources.mjs";

/** @typedef {import("./pack.mjs").Packed} Packed */
/** @typedef {import("./pinned.mjs").PinnedFile} PinnedFile */

const SITE_PACKAGES = "/lib/python3.12/site-packages";
/** A CDN that has not begun to answer by then is left for the next source. */
const PATIENCE = 4_000;

const say = (/** @type {string} */ line) => console.log(`runtime: ${line}`);

/** @returns {Promise<[string, Uint8Array][]>} the engine's modules by the names under which they are imported */
async function engineModules() {
  const names = (await readdir(places.engine, { recursive: true })).filter((name) => name.endsWith(".py")).sort();
  return Promise.all(
    names.map(async (name) => [`headwater/${name}`, new Uint8Array(await readFile(join(places.engine, name)))]),
  );
}

/** The release's own lock lists hundreds of packages; a page that installs none of them needs only its first lines. */
async function shortLock() {
  const { info } = JSON.parse(await readFile(join(places.files, "pyodide-lock.json"), "utf8"));
  return new TextEncoder().encode(JSON.stringify({ info, packages: {} }));
}

/**
 * @param {PinnedFile} file
 * @param {Compiler} compiler
 * @returns {Promise<Packed>}
 */
async function prepare(file, compiler) {
  const { name, imports } = file;
  const bytes = new Uint8Array(await readFile(join(places.files, name)));
  switch (file.part) {
    case "loader":
      return { name, stage: "core", imports, content: bytes };
    case "lock":
      return { name, stage: "core", imports, content: await shortLock() };
    case "standard-library": {
      /** @type {import("./compile.mjs").Work["from"]} */
      const from = { kind: "archive", bytes, drop: [] };
      const path = await compiler.compile({ name: "python_stdlib", root: "/lib/python312.zip", from });
      return { name, stage: "core", imports, content: await readFile(path) };
    }
    case "package": {
      const [title = name] = name.split("-");
      /** @type {import("./compile.mjs").Work["from"]} */
      const from = { kind: "archive", bytes, drop: DROPPED };
      const path = await compiler.compile({ name: title, root: SITE_PACKAGES, from });
      return { name: `${title}.zip`, stage: "packages", imports, content: await readFile(path) };
    }
  }
}

async function build() {
  const started = performance.now();
  const { versions, files } = await readPinned(new URL("files.json", import.meta.url));
  const means = { npm: places.npm, python: hostPython(), patience: PATIENCE };
  await fetchFiles(files, places.files, (scratch) => new Sources({ ...means, scratch }), say);

  const compiler = new Compiler(places.files, places.compiled, say);
  const prepared = [];
  for (const file of files) prepared.push(await prepare(file, compiler));
  const engine = await compiler.compile({
    name: "headwater",
    root: SITE_PACKAGES,
    from: { kind: "members", members: await engineModules() },
  });
  prepared.push({
    name: "headwater.zip",
    stage: /** @type {const} */ ("engine"),
    imports: ["headwater"],
    content: await readFile(engine),
  });

  const entries = await pack(prepared, places.pack, versions.pyodide ?? "");
  const transfer = entries.reduce((sum, entry) => sum + entry.transfer, 0);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  say(`${entries.length} files, ${(transfer / 1e6).toFixed(1)} MB compressed, in playground/.cache/pack (${seconds} s)`);
}

try {
  await build();
} catch (failure) {
  const detail = failure instanceof Error ? failure.message : String(failure);
  console.error(`\nThe Python runtime could not be built.\n\n${detail}\n`);
  process.exitCode = 1;
}
