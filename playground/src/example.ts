/** A built-in example: its files, and the results computed when the site was built. */

import type { Files, GraphView, RunView } from "./protocol.ts";

/** The origin of a data file. */
export interface DataCredit {
  source: string;
  url: string;
  license: string;
}

export interface Example {
  name: string;
  title: string;
  summary: string;
  files: Files;
  /** The origin of each data file, keyed by name. */
  credits: Readonly<Record<string, DataCredit>>;
  outputs: string[] | null;
  graph: GraphView;
  run: RunView;
}

/** Valid example names. A name from a URL or a link must not refer to any other file on the site. */
export const EXAMPLE_NAME = /^[a-z0-9-]{1,80}$/;

/**
 * Return whether an example's code is part of a page. This code changes with the page, so links and drafts cannot refer to it.
 */
export function isInlineExample({ name }: Example): boolean {
  return name.startsWith("inline-");
}

/** The site has no such example. The message is shown to the visitor. */
export class ExampleNotFound extends Error {
  override readonly name = "ExampleNotFound";
}

/** The text of each data file that a page has fetched, keyed by URL. Several examples may use the same file. */
const dataFiles = new Map<string, Promise<string>>();

/**
 * Fetch an example and its data files.
 *
 * The site's own build wrote the files, so their shape is not checked.
 *
 * @throws ExampleNotFound if the site has no such example; an invalid name fails before anything is fetched
 */
export async function fetchExample(assets: URL, name: string): Promise<Example> {
  if (!EXAMPLE_NAME.test(name)) {
    throw new ExampleNotFound("The name of an example may contain only lowercase letters, digits and hyphens.");
  }
  const response = await fetch(new URL(`examples/${name}.json`, assets));
  if (response.status === 404) throw new ExampleNotFound(`This site has no example “${name}”.`);
  if (!response.ok) throw new Error(`Could not fetch the example “${name}” (HTTP ${response.status}).`);
  // The file contains the example without its data files.
  const example = (await response.json()) as Example;
  const data = Object.keys(example.credits).map(async (file) => [file, await fetchData(assets, file)]);
  return { ...example, files: { ...example.files, ...Object.fromEntries(await Promise.all(data)) } };
}

async function fetchData(assets: URL, name: string): Promise<string> {
  const url = new URL(`data/${encodeURIComponent(name)}`, assets);
  const fetched = dataFiles.get(url.href) ?? fetchDataText(url, name);
  dataFiles.set(url.href, fetched);
  try {
    return await fetched;
  } catch (error) {
    dataFiles.delete(url.href); // the next attempt may succeed
    throw error;
  }
}

async function fetchDataText(url: URL, name: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`Could not fetch the data file “${name}” (HTTP ${response.status}).`);
  // `text()` would drop a byte order mark, and the file would differ from the one that links refer to.
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(await response.arrayBuffer());
}
