/** Fetches a package and what it needs for the page's Python: chosen, verified, not yet installed. Loaded when it is asked for. */

import { PackageIndex } from "./package-index.ts";
import { normalized } from "./requirement.ts";
import { type Chosen, resolved } from "./resolve.ts";

export interface Wheel {
  project: string;
  version: string;
  bytes: ArrayBuffer;
}

/**
 * @param address of the index
 * @param present the names of packages that Python has already
 * @throws Unfetchable with the reason
 */
export async function fetchWheels(address: string, project: string, present: Iterable<string>): Promise<Wheel[]> {
  const index = new PackageIndex(address);
  const chosen = await resolved(index, project.trim(), new Set([...present].map(normalized)));
  return Promise.all(
    chosen.map(async ({ project: name, version, file }: Chosen) => ({
      project: name,
      version,
      bytes: await index.download(file),
    })),
  );
}
