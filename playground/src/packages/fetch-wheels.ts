/** Fetches a package and what it needs for the page's Python: chosen, verified, not yet installed. Loaded when it is asked for. */

import { PackageIndex } from "./package-index.ts";
import { normalizeName } from "./requirement.ts";
import { resolveWheels, type SelectedWheel } from "./resolve.ts";

export interface Wheel {
  project: string;
  version: string;
  bytes: ArrayBuffer;
}

/**
 * @param address of the index
 * @param present the names of packages that Python has already
 * @throws PackageError with the reason
 */
export async function fetchWheels(address: string, project: string, present: Iterable<string>): Promise<Wheel[]> {
  const index = new PackageIndex(address);
  const chosen = await resolveWheels(index, project.trim(), new Set([...present].map(normalizeName)));
  return Promise.all(
    chosen.map(async ({ project: name, version, file }: SelectedWheel) => ({
      project: name,
      version,
      bytes: await index.download(file),
    })),
  );
}
