// @ts-check
/** The pinned list of runtime files, with their hashes and sources. */

import { readFile } from "node:fs/promises";

/**
 * @typedef {{ kind: "npm", package: string, version: string }
 *   | { kind: "cdn", folder: string }
 *   | { kind: "pypi", python: string, platforms: string[] }
 *   | { kind: "pypi-member", package: string, version: string, folder: string }} Source
 *
 * @typedef {"loader" | "lock" | "standard-library" | "package" | "resolver" | "pack"} Part
 *
 * @typedef {object} LateImports how a package that is already imported starts to use a library; see `late_imports.py`
 * @property {string} wheel the file of the package
 * @property {string} flag the variable that is true if the library is installed
 * @property {Record<string, string>} statements more statements, for modules whose source text the wheel does not contain
 * @property {string[]} extensions compiled modules that must be imported again
 *
 * @typedef {object} PinnedPack a library that the page loads when code imports it
 * @property {string} name of the library, as in the release's lock file
 * @property {string[]} requires the names of the packs that it imports immediately
 * @property {string[]} drop patterns of members that the page never imports
 * @property {LateImports} [late] a package that is imported before the pack and uses the pack's library if available
 * @property {string[]} keep patterns of members that are needed although the build usually drops such files
 * @property {string[]} [preload] the modules that a second memory snapshot contains
 *
 * @typedef {object} PinnedFile
 * @property {string} name
 * @property {string} sha256
 * @property {Source[]} sources tried in this order
 * @property {Part} part how the build processes it
 * @property {string[]} imports the top-level modules of a package
 * @property {Record<string, string>} [add] replacement texts, by member name, for dropped modules that a library imports
 * @property {PinnedPack} [pack]
 */

/**
 * Read a list. `{name}` in its strings is replaced with the version that `versions` lists under that name.
 *
 * @param {string | URL} path
 * @returns {Promise<{ versions: Record<string, string>, files: PinnedFile[] }>}
 */
export async function readPinned(path) {
  const text = await readFile(path, "utf8");
  const { versions } = JSON.parse(text);
  const list = JSON.parse(text.replace(/\{(\w+)\}/g, (placeholder, name) => versions[name] ?? placeholder));
  const files = list.files.map((/** @type {any} */ file) => ({
    ...file,
    imports: file.imports ?? [],
    ...(file.pack && { pack: { requires: [], drop: [], keep: [], ...file.pack } }),
    sources: file.sources.map((/** @type {string} */ name) => {
      const source = list.sources[name];
      if (source === undefined) {
        throw new Error(`${file.name} has an unknown source "${name}". Add it to "sources".`);
      }
      return source;
    }),
  }));
  return { versions, files };
}
