/** Pyodide, started from virtual files, with archives written where Python looks for modules. */

import type { PyodideInterface } from "pyodide";
import bridgeSource from "../bridge.py?raw";
import { members } from "./archive.ts";
import { SnapshotMismatch } from "./linking.ts";
import { Snapshot } from "./snapshot.ts";
import type { VirtualFiles } from "./virtual-files.ts";
import { BASE_URL } from "./virtual-files.ts";

const INTERPRETER = "pyodide.asm.wasm";
const LIBRARY = "/lib/python312.zip";
const SITE_PACKAGES = "/lib/python3.12/site-packages";

/** The name under which Python knows `bridge.py`; `runtime/snapshot.mjs` gives it in the picture. */
const BRIDGE = "_headwater_bridge";
const CREATE_BRIDGE_MODULE = `import sys, types; sys.modules["${BRIDGE}"] = types.ModuleType("${BRIDGE}"); sys.modules["${BRIDGE}"].__dict__`;

/**
 * Lets the importer of that one folder look again. `importlib.invalidate_caches()` would make that of the standard
 * library read its whole archive's directory again: a tenth of a second each time.
 */
const CLEAR_PATH_CACHE = `import functools, sys; functools.partial(sys.path_importer_cache.pop, "${SITE_PACKAGES}", None)`;

/** `bridge.py`, as it looks from here. All texts are JSON. */
export interface Bridge {
  answer(request: string, tell: (reply: string) => void): string;
  /** The reply to a request that needs none of the modules whose files have not arrived; `undefined` if it does. */
  early(request: string, tell: (reply: string) => void): string | undefined;
}

/** Known to classic workers only; the types here are those of a document. */
declare function importScripts(...urls: string[]): void;

export class Python {
  readonly #pyodide: PyodideInterface;
  readonly #folders = new Set<string>();
  /** Made before any code runs, which may break what it likes. */
  readonly #clearPathCache: () => void;

  /** Whether everything is imported already; if not, not even the engine can be before its files are there. */
  readonly usesSnapshot: boolean;

  private constructor(pyodide: PyodideInterface, usesSnapshot: boolean) {
    this.#pyodide = pyodide;
    this.usesSnapshot = usesSnapshot;
    this.#clearPathCache = pyodide.runPython(CLEAR_PATH_CACHE);
    // Time zones are looked for here first; without it `import pandas` unpacks a whole archive of them.
    pyodide.FS.mkdirTree("/usr/share");
    pyodide.FS.symlink(`${SITE_PACKAGES}/tzdata/zoneinfo`, "/usr/share/zoneinfo");
  }

  /**
   * Python without the files of the modules; see `addStandardLibrary` and `install`. Everything that the pack holds is imported all
   * the same, by way of a picture, where the browser can begin from it. Where it cannot, as WebKit, which orders
   * functions in its own way, Python begins at its beginning, and imports what it is asked for.
   *
   * @param archives those that hold extensions
   */
  static async start(files: VirtualFiles, archives: Promise<readonly ArrayBuffer[]>): Promise<Python> {
    const interpreter = files.take(INTERPRETER);
    const compiled = interpreter.then((bytes) => WebAssembly.compile(bytes));
    const snapshot = Snapshot.load(files);
    const extensions = compile(archives, snapshot);
    importScripts(await files.scriptUrl("pyodide.asm.js"));
    const loader = await files.scriptUrl("pyodide.mjs");
    const { loadPyodide }: typeof import("pyodide") = await import(/* @vite-ignore */ loader);
    (await snapshot).prepareStart(await compiled, extensions);
    // Pyodide asks for the file all the same, but is then given what was compiled of it.
    files.replace(INTERPRETER, new ArrayBuffer(0));
    const { emptyUrl: stdLibURL } = files;
    try {
      const options = { indexURL: BASE_URL, stdLibURL, _loadSnapshot: (await snapshot).head };
      const pyodide = await loadPyodide(options);
      return new Python(pyodide, true);
    } catch (failure) {
      if (!(failure instanceof SnapshotMismatch)) throw failure;
      files.replace(INTERPRETER, await interpreter);
      return new Python(await loadPyodide({ indexURL: BASE_URL }), false);
    }
  }

  /** Brings the rest of the standard library: what the picture does not hold is imported from there. */
  addStandardLibrary(library: ArrayBuffer): void {
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
    this.#clearPathCache();
  }

  /** Makes the modules of a wheel importable; the standard library must have come. */
  addWheel(wheel: ArrayBuffer): void {
    this.#pyodide.unpackArchive(wheel, "wheel", { extractDir: SITE_PACKAGES });
  }

  /** Opens the sessions' side of the seam. */
  connect(): Bridge {
    if (!this.usesSnapshot) {
      const globals = this.#pyodide.runPython(CREATE_BRIDGE_MODULE);
      this.#pyodide.runPython(bridgeSource, { globals, filename: "bridge.py" });
    }
    const bridge = this.#pyodide.pyimport(BRIDGE);
    if (this.usesSnapshot) bridge.reseed();
    const { answer, early } = bridge.Bridge();
    return { answer, early };
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
