// @ts-check
/** Matplotlib's list of fonts, which it would otherwise create during its first import by reading all fonts. */

import { startPyodide } from "./pyodide.mjs";
import { sha256 } from "./verify.mjs";

const SITE_PACKAGES = "/lib/python3.12/site-packages";

/**
 * @param {{ pyodide: string, archives: Uint8Array[] }} options the folder with Pyodide, and matplotlib with its dependencies
 * @param {import("./compile.mjs").Compiler} compiler
 * @returns {Promise<string>} the path of the list
 */
export async function buildFontList({ pyodide, archives }, { cache, standardLibrary }) {
  return cache.path("fontlist.json", archives.map(sha256), async () => {
    const python = await startPyodide(pyodide, { stdLibURL: standardLibrary });
    // Pyodide rejects Node's Buffer, a subclass of Uint8Array.
    for (const archive of archives) python.unpackArchive(new Uint8Array(archive), "zip", { extractDir: SITE_PACKAGES });
    python.runPython("import matplotlib.font_manager");
    return python.FS.readFile(`${SITE_PACKAGES}/matplotlib/fontlist.json`);
  });
}
