/** Pyodide, started from virtual files, with archives unpacked into its file system. */

import type { PyodideInterface } from "pyodide";
import { members } from "./archive.ts";
import { cleanUpAfterLinking, type LinkerState } from "./link-cleanup.ts";
import { SnapshotMismatch } from "./linking.ts";
import { loaderOf } from "./pyodide-start.ts";
import { type LoadedExtension, loadExtension, Snapshot } from "./snapshot.ts";
import type { VirtualFiles } from "./virtual-files.ts";

const INTERPRETER = "pyodide.asm.wasm";
const LIBRARY = "/lib/python312.zip";
const SITE_PACKAGES = "/lib/python3.12/site-packages";

/** Matches a library that several extensions share and that is not itself an extension. */
const SHARED_LIBRARY = /(^|\/)lib[^/]*\.so$/;

/** The module name of `bridge.py` in the memory snapshot and in the archive of the engine; see `runtime/recipe.mjs`. */
const BRIDGE = "_headwater_bridge";
/** The module name of `docstrings.py`, which exists only in the memory snapshot. */
const DOCSTRINGS = "_headwater_docstrings";

/**
 * Python code that clears the import cache of one folder. `importlib.invalidate_caches()` would also make Python read
 * the directory of the standard library's archive again, which takes 0.1 s.
 */
const CLEAR_PATH_CACHE = `import functools, sys; functools.partial(sys.path_importer_cache.pop, "${SITE_PACKAGES}", None)`;

/** The `Bridge` of `bridge.py`. Requests and replies are JSON. */
export interface Bridge {
  /** Register packs, as a JSON object that maps modules to the names of packs. */
  registerPacks(packs: string): void;
  /** Let code import a pack. */
  packInstalled(pack: string): void;
  /**
   * Answer a request. If its code imports packs that are not installed, call `need` with their names and return `undefined`.
   */
  attempt(request: string, onReply: (reply: string) => void, need: (pack: string) => void): string | undefined;
  answer(request: string, onReply: (reply: string) => void): string;
  /** Answer a request before all modules are installed; `undefined` if the request needs a missing module. */
  early(request: string, onReply: (reply: string) => void): string | undefined;
}

/** The parts of Pyodide that this module uses and that Pyodide's types lack. */
interface Internals {
  _api: { loadDynlib(path: string, global: boolean): Promise<void> };
  _module: LinkerState;
}

export class Python {
  readonly #pyodide: PyodideInterface;
  readonly #folders = new Set<string>();
  /** Created before untrusted code runs, which could change the modules that this function uses. */
  readonly #loadSharedLibrary: (path: string) => Promise<void>;
  /** Created early for the same reason as `#loadSharedLibrary`. */
  readonly #clearPathCache: () => void;
  /**
   * Created early for the same reason as `#loadSharedLibrary`. Null without the snapshot: modules from files have docstrings.
   */
  readonly #restoreDocstrings: ((docstrings: string) => void) | null;

  /**
   * True if Python started from the memory snapshot, in which all modules are imported. Otherwise, even the engine is
   * unavailable until its files are installed.
   */
  readonly usesSnapshot: boolean;

  private constructor(pyodide: PyodideInterface, usesSnapshot: boolean) {
    this.#pyodide = pyodide;
    this.usesSnapshot = usesSnapshot;
    const { _api: api, _module: module } = pyodide as unknown as Internals;
    cleanUpAfterLinking(module);
    this.#loadSharedLibrary = (path) => api.loadDynlib(path, false);
    this.#clearPathCache = pyodide.runPython(CLEAR_PATH_CACHE);
    this.#restoreDocstrings = usesSnapshot ? pyodide.pyimport(DOCSTRINGS).restore : null;
    // Python looks for time zones here first. Otherwise, `import pandas` unpacks an archive of them.
    pyodide.FS.mkdirTree("/usr/share");
    pyodide.FS.symlink(`${SITE_PACKAGES}/tzdata/zoneinfo`, "/usr/share/zoneinfo");
  }

  /**
   * Start Python without library files; see `addStandardLibrary` and `install`. All modules are already imported in the memory
   * snapshot. The snapshot does not fit all browsers: WebKit, for example, orders functions differently. These browsers start
   * Python without it and import modules on demand.
   *
   * @param archives the archives with extensions
   * @param needLibrary is called if Python cannot start without the library files
   */
  static async start(
    files: VirtualFiles,
    archives: Promise<readonly ArrayBuffer[]>,
    needLibrary: () => void,
  ): Promise<Python> {
    const interpreter = files.take(INTERPRETER);
    const compiled = interpreter.then((bytes) => WebAssembly.compile(bytes));
    const snapshot = Snapshot.load(files);
    const extensions = loadExtensions(archives, snapshot);
    const loadPyodide = await loaderOf(files);
    (await snapshot).prepareStart(await compiled, extensions);
    // Pyodide still requests the file, but receives the compiled module.
    files.replace(INTERPRETER, new ArrayBuffer(0));
    const { emptyUrl: stdLibURL } = files;
    try {
      const options = { stdLibURL, _loadSnapshot: (await snapshot).head };
      const pyodide = await loadPyodide(options);
      return new Python(pyodide, true);
    } catch (failure) {
      if (!(failure instanceof SnapshotMismatch)) throw failure;
      needLibrary();
      files.replace(INTERPRETER, await interpreter);
      return new Python(await loadPyodide({}), false);
    }
  }

  /** Add the archive of the standard library, for modules that are not in the memory snapshot. */
  addStandardLibrary(library: ArrayBuffer): void {
    this.#pyodide.FS.writeFile(LIBRARY, new Uint8Array(library), { canOwn: true });
  }

  /** Make the modules in an archive importable. */
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

  /** Make the modules of a pack importable. Its shared libraries are linked now, its extensions when they are imported. */
  async installPack(archive: ArrayBuffer): Promise<void> {
    this.install(archive);
    for (const [name] of members(archive)) {
      if (SHARED_LIBRARY.test(name)) await this.#loadSharedLibrary(`${SITE_PACKAGES}/${name}`);
    }
  }

  /** Restore the docstrings that the snapshot leaves out. */
  restoreDocstrings(json: ArrayBuffer): void {
    try {
      this.#restoreDocstrings?.(new TextDecoder().decode(json));
    } catch {
      // Code that has already run may have replaced a function that is needed here. Python works without docstrings.
    }
  }

  /** Make the modules in a wheel importable. Requires the standard library. */
  addWheel(wheel: ArrayBuffer): void {
    this.#pyodide.unpackArchive(wheel, "wheel", { extractDir: SITE_PACKAGES });
  }

  /** Create the bridge to the sessions. Without the snapshot, this requires the library. */
  connect(): Bridge {
    const bridge = this.#pyodide.pyimport(BRIDGE);
    if (this.usesSnapshot) bridge.reseed();
    const { answer, early, attempt, register_packs, pack_installed } = bridge.Bridge();
    return { answer, early, attempt, registerPacks: register_packs, packInstalled: pack_installed };
  }
}

/** Load the extensions of the memory snapshot. Return them, keyed by path. */
async function loadExtensions(
  archives: Promise<readonly ArrayBuffer[]>,
  snapshot: Promise<Snapshot>,
): Promise<Map<string, LoadedExtension>> {
  const paths = new Set((await snapshot).extensions);
  const files = (await archives)
    .flatMap((archive) => [...members(archive)])
    .map(([name, content]) => [`${SITE_PACKAGES}/${name}`, content] as const)
    .filter(([path]) => paths.has(path));
  return new Map(await Promise.all(files.map(async ([path, file]) => [path, await loadExtension(file)] as const)));
}
