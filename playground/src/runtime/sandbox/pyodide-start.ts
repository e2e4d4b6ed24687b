/** Starts Pyodide from virtual files. */

import type { loadPyodide, PyodideInterface } from "pyodide";
import { BASE_URL, type VirtualFiles } from "./virtual-files.ts";

/** Declared because TypeScript checks this file with the types of a document, and only classic workers have this function. */
declare function importScripts(...urls: string[]): void;

type Options = NonNullable<Parameters<typeof loadPyodide>[0]>;

/** Load Pyodide's scripts. Return the function that starts an interpreter. */
export async function loaderOf(files: VirtualFiles): Promise<(options: Options) => Promise<PyodideInterface>> {
  importScripts(await files.scriptUrl("pyodide.asm.js"));
  const loader = await files.scriptUrl("pyodide.mjs");
  const pyodide: typeof import("pyodide") = await import(/* @vite-ignore */ loader);
  return (options) => pyodide.loadPyodide({ indexURL: BASE_URL, ...options });
}
