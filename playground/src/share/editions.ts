/**
 * The editions of an example: the texts that its files have had. The site keeps old ones, so that a link to a changed
 * example opens although the example was edited since. `docs/keep_examples.py` writes them.
 */

import type { Example } from "../example.ts";
import { getOwn } from "../get-own.ts";
import type { Files } from "../protocol.ts";
import { BadLink } from "./bad-link.ts";

/** The digest under which each text is kept, by edition and file name. */
type EditionIndex = Record<string, Record<string, string>>;

/** The form of the mark that tells one edition from the next. */
export const EDITION = /^[a-z0-9]{1,7}$/;

/** FNV-1a, 32 bits, over the names and texts of all files: it tells one edition from the next, and keeps nobody from anything. */
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
  /** True unless the site shows the example in this edition. */
  isOlder: boolean;
}

/**
 * The files of the example that a link was made with: those of the site, or older ones.
 *
 * @throws BadLink if they are not kept
 */
export async function editionFor(assets: URL, example: Example, edition: string): Promise<Edition> {
  if (edition === editionOf(example.files)) return { files: example.files, isOlder: false };
  const folder = new URL("editions/", assets);
  const kept = await fetchIndex(new URL(`${encodeURIComponent(example.name)}.json`, folder));
  const digests = getOwn(kept, edition);
  if (digests === undefined) {
    throw new BadLink(`It holds changes to “${example.title}” as it was once, and this page does not have that text.`);
  }
  const texts = Object.entries(digests).map(async ([name, digest]) => [name, await fetchText(folder, digest)]);
  return { files: Object.fromEntries(await Promise.all(texts)), isOlder: true };
}

/** No answer means that nothing is kept: an example that never changed has no editions. */
async function fetchIndex(address: URL): Promise<EditionIndex> {
  const response = await fetch(address);
  if (response.status === 404) return {};
  if (!response.ok) throw new Error(`The older editions of an example did not come (${response.status}).`);
  return (await response.json()) as EditionIndex;
}

async function fetchText(folder: URL, digest: string): Promise<string> {
  const response = await fetch(new URL(`texts/${digest}.txt`, folder));
  if (!response.ok) throw new Error(`An older text of an example did not come (${response.status}).`);
  // `text()` would leave out a byte order mark, by which the positions of changes count.
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(await response.arrayBuffer());
}
