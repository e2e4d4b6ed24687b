// @ts-check
/** Writes the files that the site serves, compressed and with a digest in their names, and the manifest that lists them. */

import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { constants, zstdCompress } from "node:zlib";
import { sha256 } from "./verify.mjs";

const compress = promisify(zstdCompress);
/** Level 20 and above would save less than 1% in twice the time. */
const LEVEL = 19;
/**
 * The largest window that browsers accept, 8 MB. Some servers send these files with `Content-Encoding: zstd`, so the browser
 * decodes them. A window of 32 MB would save 0.2%.
 */
const WINDOW_LOG = 23;

/**
 * @typedef {"core" | "memory" | "library" | "resolver" | "pack" | "preload"} Stage what needs the file: every boot, the
 *   package resolver, code that imports the library in the file, or a boot from a snapshot that contains such a library
 * @typedef {{ name: string, version: string }} Distribution a package, by its normalized name
 *
 * @typedef {object} Packed
 * @property {string} name
 * @property {Stage} stage
 * @property {string[]} imports the top-level modules that it contains
 * @property {Distribution} [distribution] the package whose modules it contains
 * @property {string[]} [requires] the names of other packs' files that it needs
 * @property {string[]} [preload] the modules of this pack that a second snapshot contains
 * @property {Uint8Array} content
 *
 * @typedef {object} Entry
 * @property {string} name
 * @property {string} url relative to the manifest
 * @property {string} sha256 of the uncompressed file
 * @property {number} bytes
 * @property {number} transfer the compressed size in bytes
 * @property {Stage} stage
 * @property {string[]} imports the top-level modules that it contains
 * @property {Distribution} [distribution] the package whose modules it contains
 * @property {string[]} [requires] the names of other packs' files that it needs
 */

/**
 * @param {Packed[]} files
 * @param {string} folder
 * @param {{ pyodide: string, index: string }} settings the version of Pyodide, and the URL of the default package index
 * @returns {Promise<Entry[]>}
 */
export async function pack(files, folder, settings) {
  await mkdir(folder, { recursive: true });
  const entries = await Promise.all(files.map((file) => packFile(file, folder)));
  const manifest = `${JSON.stringify({ version: 1, ...settings, files: entries })}\n`;
  await writeFile(join(folder, "manifest.json.part"), manifest);
  await rename(join(folder, "manifest.json.part"), join(folder, "manifest.json"));
  const listed = new Set(["manifest.json", ...entries.map((entry) => entry.url)]);
  const stale = (await readdir(folder)).filter((name) => !listed.has(name));
  await Promise.all(stale.map((name) => rm(join(folder, name), { recursive: true })));
  return entries;
}

/**
 * @param {Packed} file
 * @param {string} folder
 * @returns {Promise<Entry>}
 */
async function packFile({ content, preload: _, ...file }, folder) {
  const { name } = file;
  const digest = sha256(content);
  const kind = extname(name);
  const url = `${name.slice(0, -kind.length)}-${digest.slice(0, 12)}${kind}.zst`;
  const path = join(folder, url);
  if (!existsSync(path)) {
    await writeFile(`${path}.part`, await compressed(content));
    await rename(`${path}.part`, path);
  }
  const transfer = (await readFile(path)).byteLength;
  return { ...file, url, sha256: digest, bytes: content.byteLength, transfer };
}

/**
 * @param {Uint8Array} content
 * @returns {Promise<Buffer>}
 */
function compressed(content) {
  const { ZSTD_c_compressionLevel, ZSTD_c_windowLog, ZSTD_c_enableLongDistanceMatching } = constants;
  const params = {
    [ZSTD_c_compressionLevel]: LEVEL,
    [ZSTD_c_windowLog]: WINDOW_LOG,
    [ZSTD_c_enableLongDistanceMatching]: 1,
  };
  return compress(content, { params, pledgedSrcSize: content.byteLength });
}
