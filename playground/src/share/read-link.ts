/** The content of a link and the example that it changes. */

import { type Example, fetchExample } from "../example.ts";
import type { Files } from "../protocol.ts";
import { applyChanges } from "./changes.ts";
import { decode, type LinkBase, type LinkContent, parseFragment } from "./codec.ts";
import { editionFor } from "./editions.ts";

export interface LoadedLink {
  content: LinkContent;
  example: Example | null;
  files: Files;
  /** True if the example was edited after the link was created. The files are then from the link's edition. */
  isOlder: boolean;
}

/**
 * @param assets the base URL of the bundle's files
 * @throws BadLink if the fragment is not a valid link
 * @throws ExampleNotFound if the site does not have the example
 * @throws Error if the example cannot be fetched
 */
export async function readLink(assets: URL, fragment: string): Promise<LoadedLink> {
  const link = parseFragment(fragment);
  const { example, files: base, isOlder } = await originOf(assets, link.origin);
  const content = decode(link, base);
  return { content, example, files: applyChanges(base, content), isOlder };
}

async function originOf(assets: URL, origin: LinkBase | null): Promise<Omit<LoadedLink, "content">> {
  if (origin === null) return { example: null, files: {}, isOlder: false };
  const example = await fetchExample(assets, origin.example);
  return { example, ...(await editionFor(assets, example, origin.edition)) };
}
