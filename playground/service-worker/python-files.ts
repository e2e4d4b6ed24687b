/**
 * Python's files, which the page keeps by itself once a visitor lets Python run. A new version of the site may need other
 * ones: they are fetched with it, so that the new version runs without a network wherever the old one did.
 */

import type { Manifest } from "../src/runtime/manifest.ts";
import { RuntimeFiles } from "../src/runtime/runtime-files.ts";
import { root } from "./scope.ts";
import type { Version } from "./version.ts";

const FOLDER = new URL("assets/headwater/runtime/", root);

export async function renewPythonFiles(event: ExtendableEvent, version: Version): Promise<void> {
  const files = new RuntimeFiles(FOLDER);
  if (!(await files.hasCachedFiles())) return;
  for (const file of await filesOf(event, version)) {
    if (!(await files.isCached(file))) await files.load(file, new AbortController().signal, () => {});
  }
}

/** Drops what none of the versions needs. */
export async function deleteUnusedPythonFiles(event: ExtendableEvent, versions: readonly Version[]): Promise<void> {
  const needed = await Promise.all(versions.map((version) => filesOf(event, version)));
  await new RuntimeFiles(FOLDER).removeStale(needed.flat());
}

async function filesOf(event: ExtendableEvent, version: Version): Promise<Manifest["files"]> {
  const response = await version.answer(event, new URL("manifest.json", FOLDER));
  return ((await response.json()) as Manifest).files;
}
