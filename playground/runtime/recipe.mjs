// @ts-check
/** What the build makes of each file of the pinned list, and of the engine itself. */

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { DROPPED } from "./compile.mjs";
import { places } from "./places.mjs";
import { takeSnapshot } from "./snapshot.mjs";

/** @typedef {import("./compile.mjs").Compiler} Compiler */
/** @typedef {import("./compile.mjs").Work} Work */
/** @typedef {import("./pack.mjs").Packed} Packed */
/** @typedef {import("./pinned.mjs").PinnedFile} PinnedFile */

const SITE_PACKAGES = "/lib/python3.12/site-packages";

/**
 * A file of the list as a page gets it.
 *
 * @param {PinnedFile} file
 * @param {Compiler} compiler
 * @returns {Promise<Packed>}
 */
export async function prepare({ name, part, imports }, compiler) {
  const bytes = new Uint8Array(await readFile(join(places.files, name)));
  switch (part) {
    case "loader":
      return { name, stage: "core", imports, content: bytes };
    case "lock":
      return { name, stage: "core", imports, content: shortLock(bytes) };
    case "standard-library": {
      /** @type {Work} */
      const work = { name: "python_stdlib", root: "/lib/python312.zip", from: { kind: "archive", bytes, drop: [] } };
      const path = await compiler.compile(work);
      compiler.startFrom(path);
      return { name, stage: "library", imports, content: await readFile(path) };
    }
    case "package": {
      const [title = name] = name.split("-");
      /** @type {Work} */
      const work = { name: title, root: SITE_PACKAGES, from: { kind: "archive", bytes, drop: DROPPED } };
      return {
        name: `${title}.zip`,
        stage: "packages",
        imports,
        content: await readFile(await compiler.compile(work)),
      };
    }
  }
}

/**
 * The engine as a page gets it, made from the sources as they are now: its archive, and a picture of a Python that has
 * imported it. The standard library must have been prepared.
 *
 * @param {Compiler} compiler
 * @returns {Promise<Packed[]>}
 */
export async function prepareEngine(compiler) {
  const members = await engineMembers();
  const archive = await compiler.compile({
    name: "headwater",
    root: SITE_PACKAGES,
    from: { kind: "members", members },
  });
  const snapshot = await takeSnapshot(
    {
      pyodide: places.files,
      library: compiler.standardLibrary ?? "",
      engine: archive,
      sources: members.map(([, content]) => new TextDecoder().decode(content)),
      bridge: await readFile(places.bridge, "utf8"),
    },
    compiler.kept,
  );
  return [
    { name: "snapshot.bin", stage: "core", imports: [], content: await readFile(snapshot) },
    { name: "headwater.zip", stage: "library", imports: ["headwater"], content: await readFile(archive) },
  ];
}

/** @returns {Promise<[string, Uint8Array][]>} */
async function engineMembers() {
  const names = (await readdir(places.engine, { recursive: true })).filter((name) => name.endsWith(".py")).sort();
  return Promise.all(
    names.map(async (name) => [`headwater/${name}`, new Uint8Array(await readFile(join(places.engine, name)))]),
  );
}

/**
 * The release's own lock lists hundreds of packages; a page that installs none of them needs only its first lines.
 *
 * @param {Uint8Array} lock
 */
function shortLock(lock) {
  const { info } = JSON.parse(new TextDecoder().decode(lock));
  return new TextEncoder().encode(JSON.stringify({ info, packages: {} }));
}
