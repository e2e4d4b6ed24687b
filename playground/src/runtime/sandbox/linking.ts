/**
 * Links the extensions of a picture of Python's memory: each is given the places that it had when the picture was taken.
 *
 * The linker is Emscripten's. It was made for threads that share a memory, each with a table of functions of its own:
 * what it notes of an extension in memory is enough to link it once more, at the same places.
 */

export interface Extension {
  path: string;
  /** The address of what the linker notes of it. */
  entry: number;
  memory: [start: number, length: number];
  table: [start: number, length: number];
}

export interface LinkingPlan {
  /** The length that the table of functions is given before the first extension is linked, and has after the last. */
  table: [before: number, after: number];
  /** In the order of linking. */
  extensions: Extension[];
}

/** A function of an extension, with its types as the linker notes them. */
type Exported = ((...given: never[]) => unknown) & { sig?: string };
type Exports = Record<string, Exported>;

interface Library {
  refcount: number;
  global: boolean;
  exports: Exports;
}

/** What one extension has for all: the address of a function or of a value, 0 as long as nobody has been found to have it. */
interface SharedSymbol {
  value: number;
  required?: boolean;
}

/** Emscripten's linker, as far as it matters here. */
export interface Linker {
  HEAPU8: Uint8Array;
  wasmTable: WebAssembly.Table;
  /** Places that functions are given before the table grows; the last one first. */
  freeTableIndexes: number[];
  GOT: Record<string, SharedSymbol>;
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
 * The picture does not fit this browser. Function pointers in it are places in the table, and this table has others: one
 * place off, and every call would go astray.
 */
export class SnapshotMismatch extends Error {
  constructor(found: number, expected: number) {
    super(`The picture of Python does not fit this browser: ${found} functions instead of ${expected}.`);
  }
}

/** What the linker notes of an extension, by offset: that it has its places, and where they are. */
const PLACED = 8;
const MEMORY_START = 12;
const MEMORY_LENGTH = 16;
const TABLE_START = 20;
const TABLE_LENGTH = 24;

/** @throws SnapshotMismatch */
export function link(linker: Linker, plan: LinkingPlan, compiled: ReadonlyMap<string, WebAssembly.Module>): void {
  const { wasmTable: table, freeTableIndexes: places } = linker;
  const [before, after] = plan.table;
  if (table.length > before) throw new SnapshotMismatch(table.length, before);
  places.push(...freeIndexes(plan).reverse());
  table.grow(after - table.length);
  const symbols = new Symbols(linker);
  for (const extension of plan.extensions) {
    const file = compiled.get(extension.path);
    if (file === undefined) throw new Error(`The extension ${extension.path} is in no archive.`);
    linkExtension(linker, symbols, extension, file);
  }
  if (places.length > 0) throw new SnapshotMismatch(after - places.length, after);
  if (table.length !== after) throw new SnapshotMismatch(table.length, after);
}

function linkExtension(linker: Linker, symbols: Symbols, extension: Extension, compiled: WebAssembly.Module): void {
  const { path, entry, memory, table } = extension;
  const notes = new DataView(linker.HEAPU8.buffer);
  notes.setUint8(entry + PLACED, 1);
  notes.setUint32(entry + MEMORY_START, memory[0], true);
  notes.setUint32(entry + MEMORY_LENGTH, memory[1], true);
  notes.setUint32(entry + TABLE_START, table[0], true);
  notes.setUint32(entry + TABLE_LENGTH, table[1], true);

  const library = linker.newDSO(path, entry, "loading");
  library.refcount = 1;
  library.global = false;
  library.exports = linker.loadWebAssemblyModule(compiled, { loadAsync: false, allowUndefined: true }, path, {}, entry);
  symbols.resolve(compiled, library.exports);
  const start = library.exports[`PyInit_${moduleName(path)}`];
  if (start === undefined) throw new Error(`${path} is no extension of Python.`);
  // Python has looked this function up after linking, which gave it a place in the table.
  linker.addFunction(start, start.sig);
}

/**
 * Gives addresses to what extensions ask of each other and of the interpreter. The linker itself looks at all ten
 * thousand symbols again after each extension; here only those are looked at which are new or were not found yet, in
 * the same order, so that functions get the same places. Merely listing the ten thousand each time takes 40 ms.
 */
class Symbols {
  readonly #linker: Linker;
  readonly #seen: Set<string>;
  #open: string[];

  constructor(linker: Linker) {
    this.#linker = linker;
    this.#open = Object.keys(linker.GOT);
    this.#seen = new Set(this.#open);
  }

  /** The linker has noted what an extension asks for, and then what it has to offer. */
  resolve(extension: WebAssembly.Module, exported: Exports): void {
    const asked = WebAssembly.Module.imports(extension).filter(({ module }) => module.startsWith("GOT."));
    for (const name of [...asked.map((one) => one.name), ...Object.keys(exported)]) {
      if (this.#seen.has(name) || !Object.hasOwn(this.#linker.GOT, name)) continue;
      this.#seen.add(name);
      this.#open.push(name);
    }
    this.#open = this.#open.filter((name) => !this.#find(name));
  }

  #find(name: string): boolean {
    const { GOT, resolveGlobalSymbol, addFunction } = this.#linker;
    const shared = GOT[name] as SharedSymbol;
    if (shared.value !== 0) return true;
    const found = resolveGlobalSymbol(name, true).sym;
    if (found === undefined && !shared.required) return false;
    if (typeof found === "function") shared.value = addFunction(found, found.sig);
    else if (typeof found === "number") shared.value = found;
    else throw new Error(`Nothing has the ${name} that an extension asks for.`);
    return true;
  }
}

/**
 * Each extension has a stretch of the table for itself. The places between those were given, in ascending order, to
 * functions that one extension has for all.
 */
function freeIndexes({ extensions, table: [from, to] }: LinkingPlan): number[] {
  const places: number[] = [];
  let place = from;
  for (const { table } of extensions) {
    const [start, length] = table;
    if (length === 0) continue;
    while (place < start) places.push(place++);
    place = start + length;
  }
  while (place < to) places.push(place++);
  return places;
}

/** The module's own name: what stands before the first dot of the file's name. */
function moduleName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).split(".", 1)[0] as string;
}
