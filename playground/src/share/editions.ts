/**
 * The editions of an example: the versions of its files. The site stores old editions, so links with edits to an example
 * still open even if the example has changed since. `docs/keep_examples.py` writes the stored editions.
 */

import type { Example } from "../example.ts";
import { getOwn } from "../get-own.ts";
import type { Files } from "../protocol.ts";
import { BadLink } from "./bad-link.ts";

/** The digest of each stored file, keyed by edition and file name. */
type EditionIndex = Record<string, Record<string, string>>;

/** The format of an edition's identifier. */
export const EDITION = /^[a-z0-9]{1,7}$/;

/** Return the identifier of an edition: the 32-bit FNV-1a hash (not cryptographic) of all file names and texts. */
export function editionOf(files: Files): string {
  const names = Object.keys(files).sort();
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(names.map((name) => `${name}\0${files[name]}\0`).join(""))) {
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return (hash >>> 0).toString(36);
}

export interface Edition {
  files: Files;
  /** True if the site now shows a newer edition. */
  isOlder: boolean;
}

/**
 * Return the example's files in the edition with which a link was created.
 *
 * @throws BadLink if the site does not have this edition
 */
export async function editionFor(assets: URL, example: Example, edition: string): Promise<Edition> {
  if (edition === editionOf(example.files)) return { files: example.files, isOlder: false };
  const folder = new URL("editions/", assets);
  const index = await fetchIndex(new URL(`${encodeURIComponent(example.name)}.json`, folder));
  const digests = getOwn(index, edition);
  if (digests === undefined) {
    throw new BadLink(`It is based on an older edition of “${example.title}” that this page does not have.`);
  }
  const texts = Object.entries(digests).map(async ([name, digest]) => [name, await fetchText(folder, digest)]);
  return { files: Object.fromEntries(await Promise.all(texts)), isOlder: true };
}

/** Fetch the index of editions. An example that never changed has no index. */
async function fetchIndex(url: URL): Promise<EditionIndex> {
  const response = await fetch(url);
  if (response.status === 404) return {};
  if (!response.ok) throw new Error(`The older editions of an example could not be loaded (HTTP ${response.status}).`);
  return (await response.json()) as EditionIndex;
}

async function fetchText(folder: URL, digest: string): Promise<string> {
  const response = await fetch(new URL(`texts/${digest}.txt`, folder));
  if (!response.ok)
    throw new Error(`An older version of a file in an example could not be loaded (HTTP ${response.status}).`);
  // `text()` would drop a byte order mark, which would shift the positions of changes.
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(await response.arrayBuffer());
}
