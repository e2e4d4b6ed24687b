/** Pyodide, started from virtual files, with archives unpacked into its file system. */

import type { PyodideInterface } from "pyodide";
import { members } from "./archive.ts";
import { cleanUpAfterLinking, type LinkerState } from "./link-cleanup.ts";
import { SnapshotMismatch } from "./linking.ts";
import { loaderOf } from "./pyodide-start.ts";
import { isSharedLibrary } from "./shared-library.ts";
import { type LoadedExtension, loadExtension, Snapshot } from "./snapshot.ts";
import type { VirtualFiles } from "./virtual-files.ts";

const INTERPRETER = "pyodide.asm.wasm";
const LIBRARY = "/lib/python312.zip";
const SITE_PACKAGES = "/lib/python3.12/site-packages";

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
  /** Register packs. `packs` is a JSON object that maps modules to the names of packs. */
  registerPacks(packs: string): void;
  /** Record that a pack is installed, so that code can import it. */
  packInstalled(pack: string): void;
  /**
   * Answer a request. If the code imports packs that are not installed, call `need` with their names and return `undefined`.
   */
  attempt(request: string, onReply: (reply: string) => void, need: (pack: string) => void): string | undefined;
  /** Run a full garbage collection, which takes up to 0.2 s. */
  collectGarbage(): void;
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
  /** Created before untrusted code runs. That code could change the modules that this function uses. */
  readonly #loadSharedLibrary: (path: string) => Promise<void>;
  /** Created early for the same reason as `#loadSharedLibrary`. */
  readonly #clearPathCache: () => void;
  /**
   * Created early for the same reason as `#loadSharedLibrary`. Null without the snapshot: modules from files have docstrings.
   */
  readonly #restoreDocstrings: ((docstrings: string) => void) | null;

  /**
   * The memory snapshot from which Python started, in which modules are already imported. Without one, even the engine is
   * unavailable until its files are installed.
   */
  readonly snapshot: "base" | "preload" | null;

  private constructor(pyodide: PyodideInterface, snapshot: "base" | "preload" | null) {
    this.#pyodide = pyodide;
    this.snapshot = snapshot;
    const { _api: api, _module: module } = pyodide as unknown as Internals;
    cleanUpAfterLinking(module);
    this.#loadSharedLibrary = (path) => api.loadDynlib(path, false);
    this.#clearPathCache = pyodide.runPython(CLEAR_PATH_CACHE);
    this.#restoreDocstrings = snapshot !== null ? pyodide.pyimport(DOCSTRINGS).restore : null;
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
   * @param preload the packs with which Python starts; empty if there are none
   * @param needLibrary is called if Python cannot start without the library files
   */
  static async start(
    files: VirtualFiles,
    archives: Promise<readonly ArrayBuffer[]>,
    preload: Promise<readonly string[]>,
    needLibrary: () => void,
  ): Promise<Python> {
    const interpreter = files.take(INTERPRETER);
    const compiled = interpreter.then((bytes) => WebAssembly.compile(bytes));
    const snapshots = Snapshot.load(files);
    const baseExtensions = snapshots.then(({ base }) => loadExtensions(base.extensions, archives));
    const loadPyodide = await loaderOf(files);
    const packs = await preload;
    const hasPreload = packs.length > 0;
    const { base, preload: loadPreload } = await snapshots;
    const snapshot = hasPreload ? loadPreload() : base;
    const added = hasPreload ? addedExtensions(base, snapshot, archives, packs, files) : [];
    const extensions = Promise.all([baseExtensions, added]).then(
      (loaded) => new Map(loaded.flatMap((each) => [...each])),
    );
    snapshot.prepareStart(await compiled, extensions);
    // Pyodide still requests the file, but receives the compiled module.
    files.replace(INTERPRETER, new ArrayBuffer(0));
    const { emptyUrl: stdLibURL } = files;
    try {
      const options = { stdLibURL, _loadSnapshot: snapshot.head };
      const pyodide = await loadPyodide(options);
      return new Python(pyodide, hasPreload ? "preload" : "base");
    } catch (failure) {
      if (!(failure instanceof SnapshotMismatch)) throw failure;
      needLibrary();
      files.replace(INTERPRETER, await interpreter);
      return new Python(await loadPyodide({}), null);
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
      if (isSharedLibrary(name)) await this.#loadSharedLibrary(`${SITE_PACKAGES}/${name}`);
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
    if (this.snapshot !== null) bridge.reseed();
    bridge.defer_full_collections();
    const { answer, early, attempt, register_packs, pack_installed, collect_garbage } = bridge.Bridge();
    return {
      ...{ answer, early, attempt },
      ...{ registerPacks: register_packs, packInstalled: pack_installed, collectGarbage: collect_garbage },
    };
  }
}

/**
 * Load the extensions that a preload adds: those of its packs, and those that only the packs import. Return them, keyed by path.
 */
async function addedExtensions(
  base: Snapshot,
  snapshot: Snapshot,
  archives: Promise<readonly ArrayBuffer[]>,
  packs: readonly string[],
  files: VirtualFiles,
): Promise<Map<string, LoadedExtension>> {
  const loaded = new Set(await base.extensions);
  const paths = snapshot.extensions.then((all) => all.filter((path) => !loaded.has(path)));
  const packArchives = Promise.all(packs.map((name) => files.read(name)));
  const allArchives = Promise.all([archives, packArchives]).then((groups) => groups.flat());
  return await loadExtensions(paths, allArchives);
}

/** Load extensions from archives. Return them, keyed by path. */
async function loadExtensions(
  paths: Promise<readonly string[]>,
  archives: Promise<readonly ArrayBuffer[]>,
): Promise<Map<string, LoadedExtension>> {
  const requested = new Set(await paths);
  const files = (await archives)
    .flatMap((archive) => [...members(archive)])
    .map(([name, content]) => [`${SITE_PACKAGES}/${name}`, content] as const)
    .filter(([path]) => requested.has(path));
  return new Map(await Promise.all(files.map(async ([path, file]) => [path, await loadExtension(file)] as const)));
}
