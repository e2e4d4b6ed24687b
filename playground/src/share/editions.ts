/**
 * The editions of an example: the texts that its files have had. The site keeps old ones, so that a link to a changed
 * example opens although the example was edited since. `docs/keep_examples.py` writes them.
 */

import type { Example } from "../example.ts";
import type { Files } from "../protocol.ts";
import { BadLink } from "./bad-link.ts";
import { fits, markOf } from "./patch.ts";
import type { Shared } from "./shared.ts";

/** For each edition, the files by name: the mark of each text, and the digest under which it is kept. */
type Kept = Record<string, Record<string, { mark: string; text: string }>>;

/** Tells one edition from the next: a mark over the names and texts of all files. */
export function editionOf(files: Files): string {
  const names = Object.keys(files).sort();
  return markOf(names.map((name) => `${name}\0${files[name]}\0`).join(""));
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
export async function editionFor(assets: URL, example: Example, shared: Shared): Promise<Edition> {
  if (isMadeWith(shared, example.files)) return { files: example.files, isOlder: false };
  const folder = new URL("editions/", assets);
  const kept = await fetchKept(new URL(`${encodeURIComponent(example.name)}.json`, folder));
  const edition = Object.entries(kept).find(([mark, files]) => isMadeWithKept(shared, mark, files));
  if (edition === undefined) throw new BadLink(changedSince(example, shared.engine));
  const texts = Object.entries(edition[1]).map(async ([name, { text }]) => [name, await fetchText(folder, text)]);
  return { files: Object.fromEntries(await Promise.all(texts)), isOlder: true };
}

function isMadeWith({ edition, patches }: Shared, files: Files): boolean {
  if (edition !== undefined && edition !== editionOf(files)) return false;
  return Object.entries(patches ?? {}).every(([name, patch]) => fits(files[name], patch));
}

function isMadeWithKept({ edition, patches = {} }: Shared, mark: string, files: Kept[string]): boolean {
  if (edition !== undefined) return edition === mark;
  return Object.entries(patches).every(([name, [made]]) => files[name]?.mark === made);
}

/** No answer means that nothing is kept: an example that never changed has no editions. */
async function fetchKept(address: URL): Promise<Kept> {
  const response = await fetch(address);
  if (response.status === 404) return {};
  if (!response.ok) throw new Error(`The older editions of an example did not come (${response.status}).`);
  return (await response.json()) as Kept;
}

async function fetchText(folder: URL, digest: string): Promise<string> {
  const response = await fetch(new URL(`texts/${digest}.txt`, folder));
  if (!response.ok) throw new Error(`An older text of an example did not come (${response.status}).`);
  return response.text();
}

function changedSince(example: Example, engine: string | undefined): string {
  const by = engine === undefined ? "" : ` It was made with Headwater ${engine}.`;
  return `It holds changes to “${example.title}” as it was once, and this page does not have that text.${by}`;
}
