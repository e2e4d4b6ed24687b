/** The page's one Python. Elements come and go with the pages of a visit; this stays until the visit ends. */

import type { PythonRuntime } from "./runtime.ts";
import { SandboxedRuntime } from "./sandboxed-runtime.ts";

let shared: PythonRuntime | null = null;

/** @param assets the folder of the bundle's own files, below which `runtime/` holds Python's */
export function sharedRuntime(assets: URL): PythonRuntime {
  shared ??= new SandboxedRuntime(new URL("runtime/", assets));
  return shared;
}
