/**
 * Links the extensions in a memory snapshot, at the addresses and table indexes that they had when the snapshot was taken.
 *
 * Emscripten's linker supports threads that share memory and have separate function tables. Therefore, it keeps an entry in
 * memory for each extension, which suffices to link the extension again at the same addresses and indexes.
 */

import { baseName, isSharedLibrary } from "./shared-library.ts";

/** An extension, or a library that several extensions share. */
export interface Extension {
  path: string;
  /** The address of the linker's entry for the extension. */
  entry: number;
  memory: [start: number, length: number];
  table: [start: number, length: number];
}

export interface LinkingPlan {
  /** The length of the function table before the first extension is linked and after the last one. */
  table: [before: number, after: number];
  /** The extensions in the order in which they are linked. */
  extensions: Extension[];
}

/** An extension's function, with its signature in the linker's notation. */
type Exported = ((...args: never[]) => unknown) & { sig?: string };
type Exports = Record<string, Exported>;

interface Library {
  refcount: number;
  global: boolean;
  exports: Exports;
}

/** A symbol that one extension exports to the others: the address of a function or value, 0 until it is resolved. */
interface SharedSymbol {
  value: number;
  required?: boolean;
}

/** The part of Emscripten's linker that this module uses. */
export interface Linker {
  HEAPU8: Uint8Array;
  wasmTable: WebAssembly.Table;
  /** Free indexes for functions, taken from the end. Once they run out, the table grows. */
  freeTableIndexes: number[];
  GOT: Record<string, SharedSymbol>;
  LDSO: { loadedLibsByName: Record<string, unknown> };
  newDSO: (path: string, entry: number, exports: "loading") => Library;
  loadWebAssemblyModule: (
    compiled: WebAssembly.Module,
    flags: { loadAsync: false; allowUndefined: true },
    path: string,
    scope: object,
    entry: number,
  ) => Exports;
  resolveGlobalSymbol: (name: string, direct: true) => { sym: Exported | number | undefined };
  addFunction: (exported: Exported, signature: string | undefined) => number;
}

/**
 * The memory snapshot does not fit this browser, whose function table differs. Function pointers in memory are table indexes.
 */
export class SnapshotMismatch extends Error {
  constructor(found: number, expected: number) {
    super(`The memory snapshot does not fit this browser, which has ${found} functions instead of ${expected}.`);
  }
}

/** Offsets in the linker's entry for an extension. */
const IS_ALLOCATED = 8;
const MEMORY_START = 12;
const MEMORY_LENGTH = 16;
const TABLE_START = 20;
const TABLE_LENGTH = 24;

/** @throws SnapshotMismatch */
export function link(linker: Linker, plan: LinkingPlan, compiled: ReadonlyMap<string, WebAssembly.Module>): void {
  const { wasmTable: table, freeTableIndexes: indexes } = linker;
  const [before, after] = plan.table;
  if (table.length > before) throw new SnapshotMismatch(table.length, before);
  indexes.push(...freeIndexes(plan).reverse());
  table.grow(after - table.length);
  const symbols = new Symbols(linker);
  const shared = new SharedLibraries();
  for (const extension of plan.extensions) {
    const file = compiled.get(extension.path);
    if (file === undefined) throw new Error(`No archive contains the extension ${extension.path}.`);
    if (isSharedLibrary(extension.path)) {
      // The library's symbols are resolved together with those of the next extension.
      shared.add(linker, extension.path, linkFile(linker, extension, file, shared.scope));
    } else linkExtension(linker, symbols, extension, file, shared.scope);
  }
  shared.finish();
  if (indexes.length > 0) throw new SnapshotMismatch(after - indexes.length, after);
  if (table.length !== after) throw new SnapshotMismatch(table.length, after);
}

function linkExtension(
  linker: Linker,
  symbols: Symbols,
  extension: Extension,
  compiled: WebAssembly.Module,
  scope: Exports,
): void {
  const { exports } = linkFile(linker, extension, compiled, scope);
  symbols.resolve();
  const start = exports[`PyInit_${moduleName(extension.path)}`];
  if (start === undefined) throw new Error(`${extension.path} is not a Python extension.`);
  // When the snapshot was taken, Python looked up this function, which added it to the table.
  linker.addFunction(start, start.sig);
}

function linkFile(linker: Linker, extension: Extension, compiled: WebAssembly.Module, scope: Exports): Library {
  const { path, entry, memory, table } = extension;
  const memoryView = new DataView(linker.HEAPU8.buffer);
  memoryView.setUint8(entry + IS_ALLOCATED, 1);
  memoryView.setUint32(entry + MEMORY_START, memory[0], true);
  memoryView.setUint32(entry + MEMORY_LENGTH, memory[1], true);
  memoryView.setUint32(entry + TABLE_START, table[0], true);
  memoryView.setUint32(entry + TABLE_LENGTH, table[1], true);

  const library = linker.newDSO(path, entry, "loading");
  library.refcount = 1;
  library.global = false;
  const flags = { loadAsync: false, allowUndefined: true } as const;
  library.exports = linker.loadWebAssemblyModule(compiled, flags, path, scope, entry);
  return library;
}

/**
 * The libraries that several extensions share. The linker copies all of their exports for each extension that needs them.
 * Therefore, they have no exports until all extensions are linked, and extensions find their symbols in a common scope.
 */
class SharedLibraries {
  /** The symbols of all shared libraries. */
  readonly scope: Exports = {};
  readonly #exports = new Map<Library, Exports>();

  add({ LDSO }: Linker, path: string, library: Library): void {
    LDSO.loadedLibsByName[baseName(path)] = library;
    library.refcount = Number.POSITIVE_INFINITY;
    this.#exports.set(library, library.exports);
    Object.assign(this.scope, library.exports);
    library.exports = {};
  }

  finish(): void {
    for (const [library, exports] of this.#exports) library.exports = exports;
  }
}

/**
 * The symbols that extensions import from each other and from the interpreter. The linker checks all ten thousand symbols after
 * each extension, and listing them alone takes 40 ms. This class checks only unresolved symbols, in the same order, so
 * functions get the same indexes.
 */
class Symbols {
  readonly #linker: Linker;
  /** The linker finds symbols in the prototype, but does not list them. */
  readonly #resolved: Record<string, SharedSymbol>;

  constructor(linker: Linker) {
    this.#linker = linker;
    this.#resolved = Object.create(null);
    Object.setPrototypeOf(linker.GOT, this.#resolved);
  }

  /** Resolve the symbols that linked extensions export. */
  resolve(): void {
    const { GOT } = this.#linker;
    for (const [name, symbol] of Object.entries(GOT)) {
      if (!this.#find(name, symbol)) continue;
      this.#resolved[name] = symbol;
      delete GOT[name];
    }
  }

  #find(name: string, symbol: SharedSymbol): boolean {
    const { resolveGlobalSymbol, addFunction } = this.#linker;
    if (symbol.value !== 0) return true;
    const found = resolveGlobalSymbol(name, true).sym;
    if (found === undefined && !symbol.required) return false;
    if (typeof found === "function") symbol.value = addFunction(found, found.sig);
    else if (typeof found === "number") symbol.value = found;
    else throw new Error(`No extension exports the symbol ${name}.`);
    return true;
  }
}

/** Return, in ascending order, the table indexes between the extensions' own ranges. Shared functions use these indexes. */
function freeIndexes({ extensions, table: [from, to] }: LinkingPlan): number[] {
  const indexes: number[] = [];
  let index = from;
  for (const { table } of extensions) {
    const [start, length] = table;
    if (length === 0) continue;
    while (index < start) indexes.push(index++);
    index = start + length;
  }
  while (index < to) indexes.push(index++);
  return indexes;
}

/** Return the name of an extension's module: the file name up to its first dot. */
function moduleName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).split(".", 1)[0] as string;
}
