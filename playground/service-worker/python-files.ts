/**
 * Updates the Python runtime files. The page caches them when the visitor runs Python for the first time.
 *
 * A new version of the site may need different files. If the cache has runtime files, the worker fetches the new files as part
 * of the update, so Python still runs offline.
 */

import type { Manifest } from "../src/runtime/manifest.ts";
import { RuntimeFiles } from "../src/runtime/runtime-files.ts";
import { root } from "./scope.ts";
import type { Version } from "./version.ts";

const FOLDER = new URL("assets/headwater/runtime/", root);

export async function updatePythonFiles(event: ExtendableEvent, version: Version): Promise<void> {
  const files = new RuntimeFiles(FOLDER);
  if (!(await files.hasCachedFiles())) return;
  for (const file of await filesOf(event, version)) {
    if (!(await files.isCached(file))) await files.load(file, new AbortController().signal, () => {});
  }
}

/** Delete files that no stored version needs. */
export async function deleteUnusedPythonFiles(event: ExtendableEvent, versions: readonly Version[]): Promise<void> {
  const needed = await Promise.all(versions.map((version) => filesOf(event, version)));
  await new RuntimeFiles(FOLDER).removeStale(needed.flat());
}

async function filesOf(event: ExtendableEvent, version: Version): Promise<Manifest["files"]> {
  const response = await version.respond(event, new URL("manifest.json", FOLDER));
  return ((await response.json()) as Manifest).files;
}
