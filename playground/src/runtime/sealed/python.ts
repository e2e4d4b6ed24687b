/** Pyodide, started from the shelf's files, with archives written where Python looks for modules. */

import type { PyodideInterface } from "pyodide";
import bridgeSource from "../bridge.py?raw";
import { members } from "./archive.ts";
import { NOWHERE, type Shelf } from "./shelf.ts";
import { completeBeforeStart } from "./snapshot.ts";

const LIBRARY = "/lib/python312.zip";
const SITE_PACKAGES = "/lib/python3.12/site-packages";

/**
 * Lets the importer of that one folder look again. `importlib.invalidate_caches()` would make that of the standard
 * library read its whole archive's directory again: a tenth of a second each time.
 */
const FORGET_LISTING = `import sys; sys.path_importer_cache.pop("${SITE_PACKAGES}", None)`;

/** Every page starts from the same picture, but must not throw the same dice. */
const RESEED = "import random; random.seed()";

/** `bridge.py`, as it looks from here. All texts are JSON. */
export interface Bridge {
  answer(request: string, tell: (reply: string) => void): string;
  importedBy(request: string): string;
  warm(module: string): void;
}

/** Known to classic workers only; the types here are those of a document. */
declare function importScripts(...urls: string[]): void;

export class Python {
  readonly #pyodide: PyodideInterface;
  readonly #folders = new Set<string>();

  private constructor(pyodide: PyodideInterface) {
    this.#pyodide = pyodide;
  }

  /** Python with the engine imported, but without the files of the standard library; see `stock`. */
  static async start(shelf: Shelf): Promise<Python> {
    importScripts(await shelf.address("pyodide.asm.js"));
    const loader = await shelf.address("pyodide.mjs");
    const { loadPyodide }: typeof import("pyodide") = await import(/* @vite-ignore */ loader);
    const snapshot = await shelf.take("snapshot.bin");
    completeBeforeStart(snapshot);
    const pyodide = await loadPyodide({
      indexURL: NOWHERE,
      stdLibURL: shelf.nothing,
      _loadSnapshot: new Uint8Array(snapshot),
    });
    pyodide.runPython(RESEED);
    // Time zones are looked for here first; without it `import pandas` unpacks a whole archive of them.
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

  /** Opens the sessions' side of the seam; the engine must have been installed. */
  connect(): Bridge {
    const names = this.#pyodide.toPy({ __name__: "bridge" });
    this.#pyodide.runPython(bridgeSource, { globals: names, filename: "bridge.py" });
    return {
      answer: names.get("Bridge")().answer,
      importedBy: names.get("imported_by"),
      warm: names.get("warm"),
    };
  }
}
