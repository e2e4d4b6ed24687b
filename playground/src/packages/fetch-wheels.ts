/** Resolves, downloads and verifies a package and its dependencies, without installing them. Loaded on first use. */

import { PackageIndex } from "./package-index.ts";
import { normalizeName } from "./requirement.ts";
import { resolveWheels, type SelectedWheel } from "./resolve.ts";

export interface Wheel {
  project: string;
  version: string;
  bytes: ArrayBuffer;
}

/**
 * @param indexUrl the URL of the index
 * @param present the names of installed packages
 * @throws PackageError with the reason
 */
export async function fetchWheels(indexUrl: string, project: string, present: Iterable<string>): Promise<Wheel[]> {
  const index = new PackageIndex(indexUrl);
  const wheels = await resolveWheels(index, project.trim(), new Set([...present].map(normalizeName)));
  return Promise.all(
    wheels.map(async ({ project: name, version, file }: SelectedWheel) => ({
      project: name,
      version,
      bytes: await index.download(file),
    })),
  );
}
