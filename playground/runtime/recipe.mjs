// @ts-check
/** Prepares the engine and each file of the pinned list for the site. */

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { EXCLUDED, EXTENSIONS } from "./compile.mjs";
import { extrasInProject, extrasOf } from "./extras.mjs";
import { buildFontList } from "./font-list.mjs";
import { paths } from "./paths.mjs";
import { BRIDGE, takeSnapshots } from "./snapshot.mjs";

/** @typedef {import("./compile.mjs").Compiler} Compiler */
/** @typedef {import("./compile.mjs").Work} Work */
/** @typedef {import("./pack.mjs").Packed} Packed */
/** @typedef {import("./pinned.mjs").PinnedFile} PinnedFile */

const SITE_PACKAGES = "/lib/python3.12/site-packages";
const RESOLVER = "micropip.zip";
/** The prefix of the name of the module with the statements for a library; see `late_imports.py`. */
const LATE_MODULE = "_headwater_late_";

/**
 * Return the files that pages load, prepared from a file in the pinned list.
 *
 * @param {PinnedFile} file
 * @param {Compiler} compiler
 * @returns {Promise<Packed[]>}
 */
export async function prepare(file, compiler) {
  const { name, part, imports } = file;
  const bytes = new Uint8Array(await readFile(join(paths.files, name)));
  switch (part) {
    case "loader":
      return [{ name, stage: "core", imports, content: bytes }];
    case "lock":
      return [{ name, stage: "core", imports, content: shortLock(bytes) }];
    case "standard-library": {
      /** @type {Work} */
      const work = { name: "python_stdlib", root: "/lib/python312.zip", from: { kind: "archive", bytes } };
      const path = await compiler.compile(work);
      compiler.startFrom(path);
      return [{ name, stage: "library", imports, content: await readFile(path) }];
    }
    case "package":
      return preparePackage(file, bytes, compiler);
    case "resolver": {
      const path = await compiler.compile(resolverWork(bytes));
      return [{ name: RESOLVER, stage: "resolver", imports, content: await readFile(path) }];
    }
    case "pack":
      return [await preparePack(file, bytes, compiler)];
  }
}

/**
 * @param {Uint8Array} bytes
 * @returns {Work}
 */
function resolverWork(bytes) {
  return { name: "micropip", root: SITE_PACKAGES, from: { kind: "archive", bytes, drop: EXCLUDED } };
}

/**
 * Return the URL of the package index that the resolver uses by default.
 *
 * @param {PinnedFile[]} files
 * @param {Compiler} compiler
 */
export async function defaultIndex(files, compiler) {
  const resolver = files.find(({ part }) => part === "resolver");
  if (resolver === undefined) throw new Error("The list of runtime files has no resolver.");
  const bytes = new Uint8Array(await readFile(join(paths.files, resolver.name)));
  return compiler.constant(bytes, "micropip/package_index.py", "PYPI_URL");
}

/**
 * Split a wheel into an archive of modules and, if it has extensions, an archive of extensions.
 *
 * @param {PinnedFile} file
 * @param {Uint8Array} bytes
 * @param {Compiler} compiler
 * @returns {Promise<Packed[]>}
 */
async function preparePackage({ name: wheel, imports, add = {} }, bytes, compiler) {
  const [title = wheel, version = ""] = wheel.split("-");
  const modules = await compiler.compile({
    name: title,
    root: SITE_PACKAGES,
    from: { kind: "archive", bytes, drop: [...EXCLUDED, EXTENSIONS], add },
  });
  /** @type {Packed} */
  const packed = {
    name: `${title}.zip`,
    stage: "library",
    imports,
    distribution: { name: title.toLowerCase().replace(/[-_.]+/g, "-"), version },
    content: await readFile(modules),
  };
  if (wheel.endsWith("-none-any.whl")) return [packed];
  const extensions = await compiler.compile({
    name: `extensions_of_${title}`,
    root: SITE_PACKAGES,
    from: { kind: "archive", bytes, only: [EXTENSIONS], drop: EXCLUDED },
  });
  return [
    { name: `extensions_of_${title}.zip`, stage: "core", imports: [], content: await readFile(extensions) },
    packed,
  ];
}

/**
 * Compile a library that pages load on demand. Its extensions stay in the same archive, because no snapshot links them.
 *
 * @param {PinnedFile} file
 * @param {Uint8Array} bytes
 * @param {Compiler} compiler
 * @returns {Promise<Packed>}
 */
async function preparePack({ name: file, imports, add = {}, pack }, bytes, compiler) {
  if (pack === undefined) throw new Error(`${file} is a pack without a name. Add "pack" to its entry in files.json.`);
  const { name, requires, drop, keep, late, preload } = pack;
  if (late !== undefined) {
    const wheel = new Uint8Array(await readFile(join(paths.files, late.wheel)));
    add = { ...add, [`${LATE_MODULE}${imports[0]}.py`]: await compiler.lateStatements(wheel, late) };
  }
  const path = await compiler.compile({
    name: packTitle(name),
    root: SITE_PACKAGES,
    from: { kind: "archive", bytes, drop: [...EXCLUDED, ...drop], keep, add },
  });
  const [, version = ""] = file.replace(/\.(whl|zip)$/, "").split("-");
  return {
    name: `${packTitle(name)}.zip`,
    stage: "pack",
    imports,
    distribution: { name, version },
    requires: requires.map((other) => `${packTitle(other)}.zip`),
    ...(preload && { preload }),
    content: await readFile(path),
  };
}

/** @param {string} name of a pack */
function packTitle(name) {
  return name.replaceAll("-", "_");
}

/**
 * Create matplotlib's list of fonts. Otherwise, the first import of matplotlib would read all fonts, which takes seconds.
 *
 * @param {Packed[]} prepared
 * @param {Compiler} compiler
 * @returns {Promise<Packed>}
 */
export async function prepareFontList(prepared, compiler) {
  const name = "matplotlib_fonts";
  const matplotlib = prepared.find(({ requires }) => requires?.includes(`${name}.zip`));
  if (matplotlib === undefined) throw new Error("The list of runtime files does not contain matplotlib.");
  const required = prepared.filter((file) => matplotlib.requires?.includes(file.name));
  const archives = [...prepared.filter(isLibrary), ...required, matplotlib].map(({ content }) => content);
  const fonts = await readFile(await buildFontList({ pyodide: paths.files, archives }, compiler));
  const path = await compiler.compile({
    name,
    root: SITE_PACKAGES,
    from: { kind: "members", members: [["matplotlib/fontlist.json", new Uint8Array(fonts)]] },
  });
  return { name: `${name}.zip`, stage: "pack", imports: [], content: await readFile(path) };
}

/**
 * List the extras of the engine and of all packages for the resolver.
 *
 * @param {Packed[]} prepared
 * @returns {Promise<Packed>}
 */
export async function prepareExtras(prepared) {
  const headwater = extrasInProject(await readFile(paths.project, "utf8"));
  const content = new TextEncoder().encode(JSON.stringify({ headwater, ...extrasOf(prepared) }));
  return { name: "extras.json", stage: "resolver", imports: [], content };
}

/**
 * Compile the engine and the worker's module from their current sources.
 *
 * @param {Compiler} compiler
 * @returns {Promise<Packed>}
 */
export async function prepareEngine(compiler) {
  const path = await compiler.compile({
    name: "headwater",
    root: SITE_PACKAGES,
    from: { kind: "members", members: [...(await engineMembers()), [`${BRIDGE}.py`, await bridge()]] },
  });
  return { name: "headwater.zip", stage: "library", imports: ["headwater"], content: await readFile(path) };
}

/**
 * Take the memory snapshot of an interpreter that has imported the engine and the packages. The result also contains the
 * docstrings that the snapshot omits, and the plan for linking the snapshot.
 *
 * @param {Packed[]} prepared
 * @param {Compiler} compiler
 * @returns {Promise<Packed[]>}
 */
export async function prepareSnapshot(prepared, compiler) {
  const archives = prepared.filter(isLibrary);
  const preload = preloadOf(prepared);
  const members = await engineMembers();
  const snapshots = await takeSnapshots(
    {
      pyodide: paths.files,
      library: compiler.standardLibrary ?? "",
      archives: archives.map((file) => file.content),
      packages: archives.flatMap((file) => file.imports),
      sources: Object.fromEntries(
        members.map(([path, content]) => [moduleName(path), new TextDecoder().decode(content)]),
      ),
      bridge: await readFile(paths.bridge, "utf8"),
      docstrings: await readFile(paths.docstrings, "utf8"),
      preload,
    },
    compiler.cache,
  );
  const { base, preload: extended, docstrings } = snapshots;
  const { imports, requires } = preload;
  return [
    { name: "snapshot.bin", stage: "memory", imports: [], content: await readFile(base.memory) },
    { name: "snapshot.json", stage: "core", imports: [], content: await readFile(base.plan) },
    { name: "docstrings.json", stage: "library", imports: [], content: await readFile(docstrings) },
    { name: "preload.json", stage: "preload", imports, requires, content: await readFile(extended.plan) },
    { name: "preload.bin", stage: "preload", imports, requires, content: await readFile(extended.memory) },
  ];
}

/**
 * Return the pack with a list of modules to preload, and the archives that contain them.
 *
 * @param {Packed[]} prepared
 */
function preloadOf(prepared) {
  const pack = prepared.find(({ preload }) => preload !== undefined);
  if (pack?.preload === undefined) throw new Error("The list of runtime files has no pack to preload.");
  const required = new Set([pack]);
  for (const { requires = [] } of required) {
    for (const file of prepared) if (requires.includes(file.name)) required.add(file);
  }
  return {
    archives: [...required].map(({ content }) => content),
    modules: pack.preload,
    imports: pack.imports,
    requires: [pack.name],
  };
}

/**
 * Return the name of the module at a path such as `headwater/io/sql.py`.
 *
 * @param {string} path
 */
function moduleName(path) {
  return path
    .replace(/(\/__init__)?\.py$/, "")
    .split(/[/\\]/)
    .join(".");
}

/** Return the source of the worker's module, which browsers without a matching snapshot import. */
async function bridge() {
  return new Uint8Array(await readFile(paths.bridge));
}

/** @returns {Promise<[string, Uint8Array][]>} */
async function engineMembers() {
  const names = (await readdir(paths.engine, { recursive: true })).filter((name) => name.endsWith(".py")).sort();
  return Promise.all(
    names.map(async (name) => [`headwater/${name}`, new Uint8Array(await readFile(join(paths.engine, name)))]),
  );
}

/**
 * Shorten the lock file. The release's lock file lists hundreds of packages, but the page installs none of them from it.
 *
 * @param {Uint8Array} lock
 */
function shortLock(lock) {
  const { info } = JSON.parse(new TextDecoder().decode(lock));
  return new TextEncoder().encode(JSON.stringify({ info, packages: {} }));
}

/**
 * Return whether a file is an archive of modules or extensions that every page loads.
 *
 * @param {Packed} file
 */
function isLibrary({ name, stage }) {
  return name.endsWith(".zip") && name !== "python_stdlib.zip" && stage !== "resolver" && stage !== "pack";
}
