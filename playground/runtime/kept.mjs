// @ts-check
/** Finished work in a folder, each piece under a name that says what it was made of. */

import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sha256 } from "./verify.mjs";

export class Kept {
  /**
   * @param {string} folder
   * @param {(line: string) => void} say
   */
  constructor(folder, say) {
    this.folder = folder;
    this.say = say;
  }

  /**
   * The path of what `make` gives, which is called only where nothing has been made of the same ingredients before.
   * What was made of others under the same name is forgotten.
   *
   * @param {string} name such as `numpy.zip`
   * @param {string[]} ingredients digests and settings
   * @param {() => Promise<Uint8Array>} make
   * @returns {Promise<string>}
   */
  async path(name, ingredients, make) {
    const dot = name.lastIndexOf(".");
    const title = name.slice(0, dot);
    const file = `${title}-${sha256(ingredients.join("\n")).slice(0, 16)}${name.slice(dot)}`;
    const path = join(this.folder, file);
    if (existsSync(path)) return path;
    const started = performance.now();
    const made = await make();
    await mkdir(this.folder, { recursive: true });
    await writeFile(`${path}.part`, made);
    await rename(`${path}.part`, path);
    const older = (await readdir(this.folder)).filter((other) => other.startsWith(`${title}-`) && other !== file);
    await Promise.all(older.map((other) => rm(join(this.folder, other))));
    this.say(`${name} made in ${((performance.now() - started) / 1000).toFixed(1)} s`);
    return path;
  }
}
