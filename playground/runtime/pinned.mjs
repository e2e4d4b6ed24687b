// @ts-check
/** The pinned list of runtime files, with their hashes and sources. */

import { readFile } from "node:fs/promises";

/**
 * @typedef {{ kind: "npm", package: string, version: string }
 *   | { kind: "cdn", folder: string }
 *   | { kind: "pypi", python: string, platforms: string[] }
 *   | { kind: "pypi-member", package: string, version: string, folder: string }} Source
 *
 * @typedef {"loader" | "lock" | "standard-library" | "package" | "resolver"} Part
 *
 * @typedef {object} PinnedFile
 * @property {string} name
 * @property {string} sha256
 * @property {Source[]} sources tried in this order
 * @property {Part} part how the build processes it
 * @property {string[]} imports the top-level modules of a package
 */

/**
 * Read a list. `{name}` in its strings is replaced with the version of that name from `versions`.
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
