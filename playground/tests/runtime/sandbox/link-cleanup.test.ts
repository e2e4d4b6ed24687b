import { expect, test } from "vitest";
import { cleanUpAfterLinking, type LinkerState } from "../../../src/runtime/sandbox/link-cleanup.ts";

const ENTRY = 64;

function linker(): LinkerState & { freed: number[]; memory: DataView } {
  const memory = new DataView(new ArrayBuffer(256));
  const freed: number[] = [];
  return {
    memory,
    freed,
    HEAPU8: new Uint8Array(memory.buffer),
    GOT: { resolved: { value: 8 }, missing: { value: 0 } },
    LDSO: { loadedLibsByName: {}, loadedLibsByHandle: { 0: "main", [ENTRY]: "a.so" } },
    _PyMem_RawFree: (address) => freed.push(address),
  };
}

test("the linker finds resolved symbols, but lists only the others", () => {
  const module = linker();
  cleanUpAfterLinking(module);
  expect(Object.keys(module.GOT)).toEqual(["missing"]);
  expect(module.GOT["resolved"]?.value).toBe(8);
});

test("symbols that an extension resolves are no longer listed when the next one is linked", () => {
  const module = linker();
  cleanUpAfterLinking(module);
  module.GOT["missing"] = { value: 9 };
  module.GOT["added"] = { value: 10 };
  module.LDSO.loadedLibsByName["b.so"] = "library";
  expect(Object.keys(module.GOT)).toEqual([]);
  expect([module.GOT["missing"]?.value, module.GOT["added"]?.value]).toEqual([9, 10]);
  expect(module.LDSO.loadedLibsByName["b.so"]).toBe("library");
});

test("the copy of an extension's file is freed once", () => {
  const module = linker();
  module.memory.setUint32(ENTRY + 28, 128, true);
  module.memory.setUint32(ENTRY + 32, 16, true);
  cleanUpAfterLinking(module);
  module.LDSO.loadedLibsByName["b.so"] = "library";
  expect(module.freed).toEqual([128]);
  expect([module.memory.getUint32(ENTRY + 28, true), module.memory.getUint32(ENTRY + 32, true)]).toEqual([0, 0]);
});
