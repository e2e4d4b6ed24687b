/** Pyodide, started from the shelf's files, with archives written where Python looks for modules. */

import type { PyodideInterface } from "pyodide";
import bridgeSource from "../bridge.py?raw";
import { members } from "./archive.ts";
import type { Shelf } from "./shelf.ts";
import { NOWHERE } from "./shelf.ts";
import { Snapshot } from "./snapshot.ts";

const INTERPRETER = "pyodide.asm.wasm";
const LIBRARY = "/lib/python312.zip";
const SITE_PACKAGES = "/lib/python3.12/site-packages";

/** Every page begins with the same memory, but must not throw the same dice. */
const RESEED = "import random, numpy; random.seed(); numpy.random.seed()";

/**
 * Lets the importer of that one folder look again. `importlib.invalidate_caches()` would make that of the standard
 * library read its whole archive's directory again: a tenth of a second each time.
 */
const FORGET_LISTING = `import sys; sys.path_importer_cache.pop("${SITE_PACKAGES}", None)`;

/** `bridge.py`, as it looks from here. All texts are JSON. */
export interface Bridge {
  answer(request: string, tell: (reply: string) => void): string;
}

/** Known to classic workers only; the types here are those of a document. */
declare function importScripts(...urls: string[]): void;

export class Python {
  readonly #pyodide: PyodideInterface;
  readonly #folders = new Set<string>();

  private constructor(pyodide: PyodideInterface) {
    this.#pyodide = pyodide;
  }

  /**
   * Python with everything imported that the pack holds, but without the files of the modules; see `stock` and `install`.
   *
   * @param archives those that hold extensions
   */
  static async start(shelf: Shelf, archives: Promise<readonly ArrayBuffer[]>): Promise<Python> {
    const snapshot = Snapshot.expectedOn(shelf);
    const compiled = compile(archives, snapshot);
    const interpreter = shelf.take(INTERPRETER).then((bytes) => {
      // Pyodide asks for the file later all the same, but is then given what was compiled of it.
      shelf.expect(INTERPRETER);
      shelf.put(INTERPRETER, new ArrayBuffer(0));
      return WebAssembly.compile(bytes);
    });
    importScripts(await shelf.address("pyodide.asm.js"));
    const loader = await shelf.address("pyodide.mjs");
    const { loadPyodide }: typeof import("pyodide") = await import(/* @vite-ignore */ loader);
    (await snapshot).attend(await interpreter, compiled);
    const pyodide = await loadPyodide({
      indexURL: NOWHERE,
      stdLibURL: shelf.nothing,
      _loadSnapshot: (await snapshot).head,
    });
    pyodide.runPython(RESEED);
    pyodide.FS.mkdirTree("/usr/share");
    pyodide.FS.symlink(`${SITE_PACKAGES}/tzdata/zoneinfo`, "/usr/share/zoneinfo");
    return new Python(pyodide);
  }

  /** Brings the rest of the standard library: what the picture does not hold is imported from there. */
  stock(library: ArrayBuffer): void {
    this.#pyodide.FS.writeFile(LIBRARY, new Uint8Array(library), { canOwn: true });
  }

  /** Makes the modules of an archive importable. */
  install(archive: ArrayBuffer): void {
    const { FS } = this.#pyodide;
    for (const [name, content] of members(archive)) {
      const path = `${SITE_PACKAGES}/${name}`;
      const folder = path.slice(0, path.lastIndexOf("/"));
      if (!this.#folders.has(folder)) {
        FS.mkdirTree(folder);
        this.#folders.add(folder);
      }
      FS.writeFile(path, content, { canOwn: true });
    }
    this.#pyodide.runPython(FORGET_LISTING);
  }

  /** Makes the modules of a wheel importable; the standard library must have come. */
  add(wheel: ArrayBuffer): void {
    this.#pyodide.unpackArchive(wheel, "wheel", { extractDir: SITE_PACKAGES });
  }

  /** Opens the sessions' side of the seam. */
  connect(): Bridge {
    const names = this.#pyodide.toPy({ __name__: "bridge" });
    this.#pyodide.runPython(bridgeSource, { globals: names, filename: "bridge.py" });
    return { answer: names.get("Bridge")().answer };
  }
}

/** The extensions of the picture, by their paths. */
async function compile(
  archives: Promise<readonly ArrayBuffer[]>,
  snapshot: Promise<Snapshot>,
): Promise<Map<string, WebAssembly.Module>> {
  const wanted = new Set((await snapshot).extensions);
  const files = (await archives)
    .flatMap((archive) => [...members(archive)])
    .map(([name, content]) => [`${SITE_PACKAGES}/${name}`, content] as const)
    .filter(([path]) => wanted.has(path));
  const compiled = await Promise.all(
    files.map(async ([path, file]) => [path, await WebAssembly.compile(file as BufferSource)] as const),
  );
  return new Map(compiled);
}
