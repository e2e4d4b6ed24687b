/** A built-in example: its files, and what came out of it when the site was built. */

import type { Files, GraphView, RunView } from "./protocol.ts";

export interface Example {
  name: string;
  title: string;
  summary: string;
  files: Files;
  outputs: string[] | null;
  graph: GraphView;
  run: RunView;
}

/** What examples may be called. A name from an address or a link must not lead to any other file of the site. */
export const EXAMPLE_NAME = /^[a-z0-9-]{1,80}$/;

/** True for code that stands in a page of text, and changes with it: what is to last cannot refer to it. */
export function isInlineExample({ name }: Example): boolean {
  return name.startsWith("inline-");
}

/** The site has no such example; the message is a sentence for the visitor. */
export class ExampleNotFound extends Error {
  override readonly name = "NoExample";
}

/**
 * Examples are the site's own files, made by its own build, so their shape is taken on trust.
 *
 * @throws NoExample before anything is fetched, if no example can have this name
 */
export async function fetchExample(assets: URL, name: string): Promise<Example> {
  if (!EXAMPLE_NAME.test(name)) {
    throw new ExampleNotFound("The name of an example has only lower-case letters, digits and hyphens.");
  }
  const response = await fetch(new URL(`examples/${name}.json`, assets));
  if (response.status === 404) throw new ExampleNotFound(`There is no example called “${name}” here.`);
  if (!response.ok) throw new Error(`The example “${name}” did not come (${response.status}).`);
  return (await response.json()) as Example;
}
