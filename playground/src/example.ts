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

/** True for code that stands in a page of text, and changes with it: what is to last cannot refer to it. */
export function isOfPage({ name }: Example): boolean {
  return name.startsWith("inline-");
}

/** The site has no such example; the message is a sentence for the visitor. */
export class NoExample extends Error {
  override readonly name = "NoExample";
}

/** Examples are the site's own files, made by its own build, so their shape is taken on trust. */
export async function fetchExample(assets: URL, name: string): Promise<Example> {
  const response = await fetch(new URL(`examples/${encodeURIComponent(name)}.json`, assets));
  if (response.status === 404) throw new NoExample(`There is no example called “${name}” here.`);
  if (!response.ok) throw new Error(`The example “${name}” did not come (${response.status}).`);
  return (await response.json()) as Example;
}
