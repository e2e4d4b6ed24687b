// @ts-check
/**
 * A picture of Python's memory with the engine imported: starting from it takes a fifth of the time of starting anew.
 *
 * Most of the memory of any Python is the same from the first moment, and comes with the WebAssembly file. The picture
 * is kept as its difference from that, so that the wire carries only what starting and importing have written.
 */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { startPyodide } from "./pyodide.mjs";
import { sha256 } from "./verify.mjs";

const SITE_PACKAGES = "/lib/python3.12/site-packages";

/**
 * @param {object} parts
 * @param {string} parts.pyodide the folder that Pyodide runs from
 * @param {string} parts.library the path of the compiled standard library
 * @param {string} parts.engine the path of the compiled engine
 * @param {string[]} parts.sources the engine's texts: what they import of the standard library is to be in the picture
 * @param {string} parts.bridge the text of the worker's Python, which is tried out
 * @param {import("./kept.mjs").Kept} kept
 * @returns {Promise<string>} the path of the picture
 */
export async function takeSnapshot({ pyodide, library, engine, sources, bridge }, kept) {
  const ingredients = await Promise.all(
    [
      new URL("snapshot.mjs", import.meta.url),
      new URL("snapshot.py", import.meta.url),
      join(pyodide, "pyodide-lock.json"),
      library,
      engine,
    ].map(async (path) => sha256(await readFile(path))),
  );
  return kept.path("snapshot.bin", [...ingredients, sha256(bridge)], async () => {
    let untouched = new Uint8Array();
    const python = await startPyodide(pyodide, { stdLibURL: library, _makeSnapshot: true }, (memory) => {
      untouched = memory.slice();
    });
    // Node's own Buffer is a type that Pyodide refuses.
    python.unpackArchive(new Uint8Array(await readFile(engine)), "zip", { extractDir: SITE_PACKAGES });
    const steps = run(python, await readFile(new URL("snapshot.py", import.meta.url), "utf8"));
    steps.get("bring")(python.toPy([...sources, bridge]));
    const { answer } = run(python, bridge).get("Bridge")();
    steps.get("rehearse")(answer);
    answer.destroy();
    steps.get("settle")();
    return difference(python.makeMemorySnapshot(), untouched);
  });
}

/**
 * @param {any} python
 * @param {string} source of a module
 * @returns {any} its names
 */
function run(python, source) {
  const globals = python.toPy({ __name__: "picture" });
  python.runPython(source, { globals });
  return globals;
}

/**
 * The worker of the page undoes this: `src/runtime/sealed/snapshot.ts`.
 *
 * @param {Uint8Array} snapshot Pyodide's: a head, whose second word says where the memory begins, and the memory
 * @param {Uint8Array} untouched
 */
export function difference(snapshot, untouched) {
  const start = new DataView(snapshot.buffer, snapshot.byteOffset).getUint32(4, true);
  const made = snapshot.slice();
  for (let at = 0; at < untouched.length; at++) made[start + at] = (made[start + at] ?? 0) ^ (untouched[at] ?? 0);
  return made;
}
