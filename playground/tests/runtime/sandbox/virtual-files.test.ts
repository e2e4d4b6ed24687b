import { describe, expect, test } from "vitest";
import { NOWHERE, Shelf } from "../../../src/runtime/sandbox/virtual-files.ts";

const BYTES = new TextEncoder().encode("wasm").buffer;

describe("the shelf of files in the worker", () => {
  test("waits for a file that is on its way", async () => {
    const shelf = new Shelf();
    shelf.expect("pyodide.asm.wasm");
    const fetched = shelf.fetch(`${NOWHERE}pyodide.asm.wasm`);
    shelf.put("pyodide.asm.wasm", BYTES);
    const response = await fetched;
    expect(response.headers.get("content-type")).toBe("application/wasm");
    expect(await response.text()).toBe("wasm");
  });

  test("has a file that came before the word of it", async () => {
    const shelf = new Shelf();
    shelf.put("pyodide.asm.wasm", BYTES);
    shelf.expect("pyodide.asm.wasm");
    expect(await shelf.take("pyodide.asm.wasm")).toBe(BYTES);
  });

  test("gives what was laid in a file's place, the last of several", async () => {
    const shelf = new Shelf();
    shelf.put("pyodide.asm.wasm", BYTES);
    await shelf.take("pyodide.asm.wasm");
    shelf.lay("pyodide.asm.wasm", new ArrayBuffer(0));
    shelf.lay("pyodide.asm.wasm", BYTES);
    expect(await (await shelf.fetch(`${NOWHERE}pyodide.asm.wasm`)).text()).toBe("wasm");
  });

  test("refuses a file that nobody sends, rather than wait for ever", async () => {
    await expect(new Shelf().fetch(`${NOWHERE}scipy.zip`)).rejects.toThrow("No file scipy.zip is on its way.");
  });

  test("refuses every other address", async () => {
    await expect(new Shelf().fetch("https://example.org/")).rejects.toThrow("The network cannot be reached from here.");
  });
});
