/** The runtime that all elements share, on all pages during a visit. */

import type { PythonRuntime } from "./runtime.ts";
import { SandboxedRuntime } from "./sandboxed-runtime.ts";

let shared: PythonRuntime | null = null;

/** @param assets the folder of the bundle; its subfolder `runtime/` holds the runtime files */
export function sharedRuntime(assets: URL): PythonRuntime {
  shared ??= new SandboxedRuntime(new URL("runtime/", assets));
  return shared;
}
