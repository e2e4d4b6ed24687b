// @ts-check
/** Compiles archives with the pinned Pyodide, because the host's Python has a different version and different bytecode. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { BuildCache } from "./build-cache.mjs";
import { startPyodide } from "./pyodide.mjs";
import { sha256 } from "./verify.mjs";

/** Files that a page never imports: tests, and files for compilers and type checkers. Licenses are kept. */
export const EXCLUDED = [
  "*/tests/*",
  "*/conftest.py",
  "*/f2py/*",
  "*/distutils/*",
  "*/_pyinstaller/*",
  "*.pyi",
  "*.pxd",
  "*.pxi",
  "*.pyx",
  "*.pyx.*",
  "*.tp",
  "*.h",
  "*.c",
  "*.cpp",
  "*.a",
  "*.dist-info/RECORD",
];

/** Extensions compiled to WebAssembly. A page needs them immediately, to restore the memory snapshot. */
export const EXTENSIONS = "*.so";

/**
 * The members of an archive to compile.
 *
 * @typedef {object} Selection
 * @property {string[]} only patterns of the members to include, by default all
 * @property {string[]} drop patterns of members to leave out
 * @property {string[]} keep patterns of members to include even if they match `drop`
 * @property {Record<string, string>} add the texts of additional members, by name
 *
 * @typedef {object} Work
 * @property {string} name of the archive
 * @property {string} root the folder of its members at run time
 * @property {{ kind: "archive", bytes: Uint8Array } & Partial<Selection> | { kind: "members", members: [string, Uint8Array][] }} from
 */

/** A compiler that runs on demand and caches its results. */
export class Compiler {
  /** @type {Promise<any> | null} */
  #python = null;
  #recipe = "";
  /** @type {string | undefined} */
  standardLibrary;

  /**
   * @param {string} pyodide the folder with Pyodide
   * @param {string} folder for compiled archives
   * @param {(line: string) => void} log
   */
  constructor(pyodide, folder, log) {
    this.pyodide = pyodide;
    this.cache = new BuildCache(folder, log);
  }

  /**
   * @param {Work} work
   * @returns {Promise<string>} the path of the compiled archive
   */
  async compile(work) {
    return this.cache.path(`${work.name}.zip`, await this.#inputs(work), async () => {
      this.#python ??= this.#start();
      return this.#make(await this.#python, work);
    });
  }

  /**
   * Return the string that a module in a wheel assigns to a name.
   *
   * @param {Uint8Array} wheel
   * @param {string} module the path of the module in the wheel
   * @param {string} name
   * @returns {Promise<string>}
   */
  async constant(wheel, module, name) {
    const path = await this.cache.path("constant.txt", [sha256(wheel), module, name], async () => {
      this.#python ??= this.#start();
      const python = await this.#python;
      return new TextEncoder().encode(python.globals.get("constant")(python.toPy(wheel), module, name));
    });
    return readFile(path, "utf8");
  }

  /**
   * Return a module with the statements that the modules in a wheel skip while a flag is false.
   *
   * @param {Uint8Array} wheel
   * @param {import("./pinned.mjs").LateImports} late
   * @returns {Promise<string>}
   */
  async lateStatements(wheel, { flag, statements, extensions }) {
    const recipe = await readFile(new URL("compile.py", import.meta.url));
    const inputs = [sha256(recipe), sha256(wheel), JSON.stringify([flag, statements, extensions])];
    const path = await this.cache.path("late.py", inputs, async () => {
      this.#python ??= this.#start();
      const python = await this.#python;
      const arguments_ = [wheel, flag, statements, extensions].map((value) => python.toPy(value));
      return new TextEncoder().encode(python.globals.get("late_statements")(...arguments_));
    });
    return readFile(path, "utf8");
  }

  /**
   * Use the compiled standard library in the Python that compiles archives, which makes compilation twice as fast.
   *
   * @param {string} path
   */
  startFrom(path) {
    this.standardLibrary = path;
  }

  /** @param {Work} work */
  async #inputs({ root, from }) {
    const recipe = ["compile.mjs", "compile.py"].map((name) => readFile(new URL(name, import.meta.url)));
    this.#recipe ||= (await Promise.all(recipe)).map(sha256).join();
    // The digest of the lock file identifies the Pyodide release.
    const release = sha256(await readFile(join(this.pyodide, "pyodide-lock.json")));
    const inputs = [this.#recipe, release, root];
    if (from.kind === "archive") inputs.push(JSON.stringify(selectionOf(from)), sha256(from.bytes));
    else for (const [name, bytes] of from.members) inputs.push(name, sha256(bytes));
    return inputs;
  }

  async #start() {
    // Without column positions, bytecode is a fifth smaller. Tracebacks show columns only below source text, which is not
    // shipped.
    const env = { PYTHONNODEBUGRANGES: "1" };
    const python = await startPyodide(this.pyodide, { stdLibURL: this.standardLibrary, env });
    python.runPython(await readFile(new URL("compile.py", import.meta.url), "utf8"));
    return python;
  }

  /**
   * @param {any} python
   * @param {Work} work
   * @returns {Uint8Array}
   */
  #make(python, { root, from }) {
    const archive =
      from.kind === "archive"
        ? python.globals.get("compile_archive").callKwargs(python.toPy(from.bytes), root, selectionIn(python, from))
        : python.globals.get("compile_members")(python.toPy(from.members), root);
    try {
      return archive.toJs();
    } finally {
      archive.destroy();
    }
  }
}

/**
 * @param {Partial<Selection>} from
 * @returns {Selection}
 */
function selectionOf({ only = ["*"], drop = [], keep = [], add = {} }) {
  return { only, drop, keep, add };
}

/**
 * @param {any} python
 * @param {Partial<Selection>} from
 */
function selectionIn(python, from) {
  return Object.fromEntries(Object.entries(selectionOf(from)).map(([name, value]) => [name, python.toPy(value)]));
}
