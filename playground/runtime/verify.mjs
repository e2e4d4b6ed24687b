// @ts-check
/** Verification of files against their pinned hashes. */

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";

/** A file does not have the pinned hash. */
export class WrongHash extends Error {
  /**
   * @param {string} name
   * @param {string} expected
   * @param {string} found
   * @param {string} origin
   */
  constructor(name, expected, found, origin) {
    super(
      `${name} is not the pinned file.\n` +
        `  expected  sha256 ${expected}\n` +
        `  found     sha256 ${found}\n` +
        `  from      ${origin}\n` +
        "  The file was discarded. To change the pin, edit playground/runtime/files.json.",
    );
    this.name = "WrongHash";
  }
}

/** @param {string | Uint8Array} content */
export function sha256(content) {
  return createHash("sha256").update(content).digest("hex");
}

/** @param {string} path */
export async function sha256OfFile(path) {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

/**
 * @param {{ name: string, sha256: string }} file
 * @param {string} path of the file's content
 * @param {string} origin a description of its source, for the message
 */
export async function verify(file, path, origin) {
  const found = await sha256OfFile(path);
  if (found !== file.sha256) throw new WrongHash(file.name, file.sha256, found, origin);
}
