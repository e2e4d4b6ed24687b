/** What a link holds, together with the example that it builds on. */

import { type Example, fetchExample } from "../example.ts";
import type { Files } from "../protocol.ts";
import { decode } from "./codec.ts";
import { applied } from "./delta.ts";
import { editionFor } from "./editions.ts";
import type { Shared } from "./shared.ts";

export interface ReadLink {
  shared: Shared;
  example: Example | null;
  files: Files;
  /** True where the example was edited since the link was made: the files are those of then. */
  isOlder: boolean;
}

/**
 * @param assets the folder of the bundle's own files
 * @throws BadLink where the fragment is none that Share made
 * @throws NoExample where the site has no such example any more
 * @throws Error where an example that is there cannot be fetched
 */
export async function readLink(assets: URL, fragment: string): Promise<ReadLink> {
  const shared = await decode(fragment);
  const example = shared.example === undefined ? null : await fetchExample(assets, shared.example);
  const base = example === null ? null : await editionFor(assets, example, shared);
  const files = await applied(base?.files ?? {}, shared);
  return { shared, example, files, isOlder: base?.isOlder ?? false };
}
