/** What a link holds, together with the example that it builds on. */

import { type Example, fetchExample } from "../example.ts";
import type { Files } from "../protocol.ts";
import { applyChanges } from "./changes.ts";
import { decode, type LinkBase, type LinkContent, parseFragment } from "./codec.ts";
import { editionFor } from "./editions.ts";

export interface LoadedLink {
  content: LinkContent;
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
export async function readLink(assets: URL, fragment: string): Promise<LoadedLink> {
  const packed = parseFragment(fragment);
  const { example, files: base, isOlder } = await originOf(assets, packed.origin);
  const content = decode(packed, base);
  return { content, example, files: applyChanges(base, content), isOlder };
}

async function originOf(assets: URL, origin: LinkBase | null): Promise<Omit<LoadedLink, "shared">> {
  if (origin === null) return { example: null, files: {}, isOlder: false };
  const example = await fetchExample(assets, origin.example);
  return { example, ...(await editionFor(assets, example, origin.edition)) };
}
