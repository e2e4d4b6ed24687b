/**
 * Updates the Python runtime files. The page caches them when the visitor runs Python for the first time.
 *
 * A new version of the site may need different files. If the cache has runtime files, the worker fetches the new files as part
 * of the update, so Python still runs offline. It fetches packs and the package resolver only if they have been used before.
 */

import type { FileStage, Manifest } from "../src/runtime/manifest.ts";
import { RuntimeFiles } from "../src/runtime/runtime-files.ts";
import { root } from "./scope.ts";
import type { Version } from "./version.ts";

/** The stages of files that are loaded only when code needs them. */
const ON_DEMAND: ReadonlySet<string> = new Set<FileStage>(["pack", "preload", "resolver"]);

const FOLDER = new URL("assets/headwater/runtime/", root);

/** @param stored all stored versions, including `version` */
export async function updatePythonFiles(
  event: ExtendableEvent,
  version: Version,
  stored: readonly Version[],
): Promise<void> {
  const files = new RuntimeFiles(FOLDER);
  if (!(await files.hasCachedFiles())) return;
  const used = await usedOnDemand(event, files, stored);
  for (const file of await filesOf(event, version)) {
    if (ON_DEMAND.has(file.stage) && !used.has(file.name)) continue;
    if (!(await files.isCached(file))) await files.load(file, new AbortController().signal, () => {});
  }
}

/** Delete files that no stored version needs. */
export async function deleteUnusedPythonFiles(event: ExtendableEvent, versions: readonly Version[]): Promise<void> {
  const needed = await Promise.all(versions.map((version) => filesOf(event, version)));
  await new RuntimeFiles(FOLDER).removeStale(needed.flat());
}

/** Return the names of the on-demand files that are cached in any version. */
async function usedOnDemand(
  event: ExtendableEvent,
  files: RuntimeFiles,
  versions: readonly Version[],
): Promise<Set<string>> {
  const lists = await Promise.all(versions.map((version) => filesOf(event, version).catch(() => [])));
  const onDemand = lists.flat().filter(({ stage }) => ON_DEMAND.has(stage));
  const cached = await Promise.all(onDemand.map((file) => files.isCached(file)));
  return new Set(onDemand.filter((_, index) => cached[index]).map(({ name }) => name));
}

async function filesOf(event: ExtendableEvent, version: Version): Promise<Manifest["files"]> {
  const response = await version.respond(event, new URL("manifest.json", FOLDER));
  return ((await response.json()) as Manifest).files;
}
