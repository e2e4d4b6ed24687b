/**
 * Cleans up after Emscripten's linker, which otherwise gets slower and uses more memory with each extension that code imports.
 *
 * After each extension, the linker checks all symbols, even those that it resolved long ago. This check takes two thirds of the
 * time to link an extension. The linker also never frees the copy of an extension's file that it reads into memory.
 */

/** A symbol: the address of a function or value, 0 until it is resolved. */
interface SharedSymbol {
  value: number;
}

/** The part of Pyodide's module that is used here. */
export interface LinkerState {
  HEAPU8: Uint8Array;
  GOT: Record<string, SharedSymbol>;
  LDSO: { loadedLibsByName: Record<string, unknown>; loadedLibsByHandle: Record<string, unknown> };
  _PyMem_RawFree: (address: number) => void;
}

/** Offsets in the linker's entry for an extension. */
const FILE_ADDRESS = 28;
const FILE_LENGTH = 32;

/** Clean up now, and whenever the linker begins to link another extension. */
export function cleanUpAfterLinking(module: LinkerState): void {
  const { GOT, LDSO } = module;
  // The linker finds symbols in the prototype, but does not list them.
  const resolved: Record<string, SharedSymbol> = Object.create(Object.getPrototypeOf(GOT));
  Object.setPrototypeOf(GOT, resolved);
  const cleanUp = (): void => {
    for (const [name, symbol] of Object.entries(GOT)) {
      if (symbol.value === 0) continue;
      resolved[name] = symbol;
      delete GOT[name];
    }
    freeFiles(module);
  };
  cleanUp();
  LDSO.loadedLibsByName = new Proxy(LDSO.loadedLibsByName, {
    set: (libraries, name, library) => {
      cleanUp();
      return Reflect.set(libraries, name, library);
    },
  });
}

function freeFiles(module: LinkerState): void {
  const memory = new DataView(module.HEAPU8.buffer);
  for (const entry of Object.keys(module.LDSO.loadedLibsByHandle).map(Number)) {
    const address = entry === 0 ? 0 : memory.getUint32(entry + FILE_ADDRESS, true);
    if (address === 0) continue;
    memory.setUint32(entry + FILE_ADDRESS, 0, true);
    memory.setUint32(entry + FILE_LENGTH, 0, true);
    module._PyMem_RawFree(address);
  }
}
