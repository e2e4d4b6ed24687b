/**
 * Python's files, which the page keeps by itself once a visitor lets Python run. A new version of the site may need other
 * ones: they are fetched with it, so that the new version runs without a network wherever the old one did.
 */

import type { Manifest } from "../src/runtime/manifest.ts";
import { Supply } from "../src/runtime/runtime-files.ts";
import { root } from "./scope.ts";
import type { Version } from "./version.ts";

const FOLDER = new URL("assets/headwater/runtime/", root);

export async function renewPythonFiles(event: ExtendableEvent, version: Version): Promise<void> {
  const supply = new Supply(FOLDER);
  if (!(await supply.keepsAnything())) return;
  for (const file of await filesOf(event, version)) {
    if (!(await supply.keeps(file))) await supply.load(file, new AbortController().signal, () => {});
  }
}

/** Drops what none of the versions needs. */
export async function tidyPythonFiles(event: ExtendableEvent, versions: readonly Version[]): Promise<void> {
  const needed = await Promise.all(versions.map((version) => filesOf(event, version)));
  await new Supply(FOLDER).tidy(needed.flat());
}

async function filesOf(event: ExtendableEvent, version: Version): Promise<Manifest["files"]> {
  const response = await version.answer(event, new URL("manifest.json", FOLDER));
  return ((await response.json()) as Manifest).files;
}
