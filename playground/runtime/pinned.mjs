// @ts-check
/** The pinned list: which files the runtime is made of, what each must hash to, and where it may come from. */

import { readFile } from "node:fs/promises";

/**
 * @typedef {{ kind: "npm", package: string, version: string }
 *   | { kind: "cdn", folder: string }
 *   | { kind: "pypi", python: string, platforms: string[] }
 *   | { kind: "pypi-member", package: string, version: string, folder: string }} Source
 *
 * @typedef {"loader" | "lock" | "standard-library" | "package"} Part
 *
 * @typedef {object} PinnedFile
 * @property {string} name
 * @property {string} sha256
 * @property {Source[]} sources tried in this order
 * @property {Part} part what the build makes of it
 * @property {string[]} imports the top-level modules that a package brings
 */

/**
 * Reads a list. Its `versions` stand in one place: `{name}` in any other text is replaced by the version of that name.
 *
 * @param {string | URL} path
 * @returns {Promise<{ versions: Record<string, string>, files: PinnedFile[] }>}
 */
export async function readPinned(path) {
  const text = await readFile(path, "utf8");
  const { versions } = JSON.parse(text);
  const list = JSON.parse(text.replace(/\{(\w+)\}/g, (whole, name) => versions[name] ?? whole));
  const files = list.files.map((/** @type {any} */ file) => ({
    ...file,
    imports: file.imports ?? [],
    sources: file.sources.map((/** @type {string} */ name) => {
      const source = list.sources[name];
      if (source === undefined) {
        throw new Error(`${file.name} names the source "${name}", which the list does not describe.`);
      }
      return source;
    }),
  }));
  return { versions, files };
}
