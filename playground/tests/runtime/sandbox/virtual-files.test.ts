import { describe, expect, test } from "vitest";
import { BASE_URL, VirtualFiles } from "../../../src/runtime/sandbox/virtual-files.ts";

const BYTES = new TextEncoder().encode("wasm").buffer;

describe("the virtual files in the worker", () => {
  test("waits for a file that is on its way", async () => {
    const files = new VirtualFiles();
    files.expect("pyodide.asm.wasm");
    const fetched = files.fetch(`${BASE_URL}pyodide.asm.wasm`);
    files.put("pyodide.asm.wasm", BYTES);
    const response = await fetched;
    expect(response.headers.get("content-type")).toBe("application/wasm");
    expect(await response.text()).toBe("wasm");
  });

  test("has a file that came before the word of it", async () => {
    const files = new VirtualFiles();
    files.put("pyodide.asm.wasm", BYTES);
    files.expect("pyodide.asm.wasm");
    expect(await files.take("pyodide.asm.wasm")).toBe(BYTES);
  });

  test("gives what was laid in a file's place, the last of several", async () => {
    const files = new VirtualFiles();
    files.put("pyodide.asm.wasm", BYTES);
    await files.take("pyodide.asm.wasm");
    files.replace("pyodide.asm.wasm", new ArrayBuffer(0));
    files.replace("pyodide.asm.wasm", BYTES);
    expect(await (await files.fetch(`${BASE_URL}pyodide.asm.wasm`)).text()).toBe("wasm");
  });

  test("refuses a file that nobody sends, rather than wait for ever", async () => {
    await expect(new VirtualFiles().fetch(`${BASE_URL}scipy.zip`)).rejects.toThrow("No file scipy.zip is on its way.");
  });

  test("refuses every other address", async () => {
    await expect(new VirtualFiles().fetch("https://example.org/")).rejects.toThrow(
      "The network cannot be reached from here.",
    );
  });
});
