import { describe, expect, test } from "vitest";
import { BASE_URL, VirtualFiles } from "../../../src/runtime/sandbox/virtual-files.ts";

const BYTES = new TextEncoder().encode("wasm").buffer;

describe("the virtual files in the worker", () => {
  test("wait for a file that was announced", async () => {
    const files = new VirtualFiles();
    files.expect("pyodide.asm.wasm");
    const fetched = files.fetch(`${BASE_URL}pyodide.asm.wasm`);
    files.put("pyodide.asm.wasm", BYTES);
    const response = await fetched;
    expect(response.headers.get("content-type")).toBe("application/wasm");
    expect(await response.text()).toBe("wasm");
  });

  test("accept a file before its announcement", async () => {
    const files = new VirtualFiles();
    files.put("pyodide.asm.wasm", BYTES);
    files.expect("pyodide.asm.wasm");
    expect(await files.take("pyodide.asm.wasm")).toBe(BYTES);
  });

  test("serve the last replacement of a file", async () => {
    const files = new VirtualFiles();
    files.put("pyodide.asm.wasm", BYTES);
    await files.take("pyodide.asm.wasm");
    files.replace("pyodide.asm.wasm", new ArrayBuffer(0));
    files.replace("pyodide.asm.wasm", BYTES);
    expect(await (await files.fetch(`${BASE_URL}pyodide.asm.wasm`)).text()).toBe("wasm");
  });

  test("refuse an unknown file", async () => {
    await expect(new VirtualFiles().fetch(`${BASE_URL}scipy.zip`)).rejects.toThrow("Unknown file: scipy.zip");
  });

  test("refuse every other URL", async () => {
    await expect(new VirtualFiles().fetch("https://example.org/")).rejects.toThrow(
      "The sandbox has no network access.",
    );
  });
});
