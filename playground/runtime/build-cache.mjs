// @ts-check
/** A folder of build results. Each file is named after the digest of its inputs. */

import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sha256 } from "./verify.mjs";

export class BuildCache {
  /**
   * @param {string} folder
   * @param {(line: string) => void} log
   */
  constructor(folder, log) {
    this.folder = folder;
    this.log = log;
  }

  /**
   * Return the path of the result for these inputs. If it is missing, build it, and delete the results for other inputs.
   *
   * @param {string} name such as `numpy.zip`
   * @param {string[]} inputs digests and settings
   * @param {() => Promise<Uint8Array>} build
   * @returns {Promise<string>}
   */
  async path(name, inputs, build) {
    const dot = name.lastIndexOf(".");
    const title = name.slice(0, dot);
    const file = `${title}-${sha256(inputs.join("\n")).slice(0, 16)}${name.slice(dot)}`;
    const path = join(this.folder, file);
    if (existsSync(path)) return path;
    const started = performance.now();
    const content = await build();
    await mkdir(this.folder, { recursive: true });
    await writeFile(`${path}.part`, content);
    await rename(`${path}.part`, path);
    const stale = (await readdir(this.folder)).filter((other) => other.startsWith(`${title}-`) && other !== file);
    await Promise.all(stale.map((other) => rm(join(this.folder, other))));
    this.log(`${name} built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
    return path;
  }
}
