/** The runtime that all elements share, on all pages during a visit. */

import { DecompressionWorker } from "./decompression-worker.ts";
import type { PackageQuery, Resolution, ServedResponse } from "./resolver-process.ts";
import type { PythonRuntime } from "./runtime.ts";
import { RuntimeFiles } from "./runtime-files.ts";
import { SandboxedRuntime } from "./sandboxed-runtime.ts";

let runtime: PythonRuntime | null = null;
let files: RuntimeFiles | null = null;

/** @param assets the base URL of the bundle's files, which include the runtime files in `runtime/` */
export function sharedRuntime(assets: URL): PythonRuntime {
  runtime ??= new SandboxedRuntime(folderIn(assets), filesIn(assets));
  return runtime;
}

/**
 * Select packages with the runtime's files, in a separate Python; see `resolvePackages`. Loaded on first use.
 *
 * @param serve carries out a request from the resolver; resolves to null to refuse the request
 */
export async function resolveInSandbox(
  assets: URL,
  query: PackageQuery,
  serve: (url: string) => Promise<ServedResponse | null>,
  signal: AbortSignal,
): Promise<Resolution> {
  const { resolvePackages } = await import("./resolver-process.ts");
  const manifest = new URL("manifest.json", folderIn(assets));
  return await resolvePackages(query, { manifest, files: filesIn(assets), serve }, signal);
}

function folderIn(assets: URL): URL {
  return new URL("runtime/", assets);
}

function filesIn(assets: URL): RuntimeFiles {
  files ??= new RuntimeFiles(folderIn(assets), new DecompressionWorker().decompress);
  return files;
}
