/** What an element opens: the code of a link if the address holds one, else its example. */

import { type Example, fetchExample, NoExample } from "../example.ts";
import { BadLink, decode } from "../share/codec.ts";
import { applied } from "../share/delta.ts";
import type { WorkspaceEvent } from "../state/workspace.ts";

export type Opened = Extract<WorkspaceEvent, { kind: "opened" }>;

export interface Opening {
  opened: Opened;
  /** What went wrong with a link, in a sentence; the example is opened in its place. */
  notice: string | null;
}

/** True if the fragment of an address was made by Share, or looks as if it should have been. */
export function isLink(fragment: string): boolean {
  return /^#v\d+\./.test(fragment);
}

export async function openExample(assets: URL, name: string): Promise<Opening> {
  return { opened: openedExample(await fetchExample(assets, name)), notice: null };
}

/**
 * @param fallback the example to open where the link does not decode
 * @throws Error if an example that is there cannot be fetched
 */
export async function openLink(assets: URL, fragment: string, fallback: string): Promise<Opening> {
  try {
    const shared = await decode(fragment);
    const example = shared.example === undefined ? null : await fetchExample(assets, shared.example);
    const opened: Opened = {
      kind: "opened",
      title: shared.title ?? example?.title ?? "Shared dataflow",
      example,
      files: applied(example, shared),
      outputs: shared.outputs ?? example?.outputs ?? null,
      selected: shared.selected ?? null,
      trusted: false,
    };
    return { opened, notice: null };
  } catch (error) {
    if (!(error instanceof BadLink || error instanceof NoExample)) throw error;
    const opening = await openExample(assets, fallback);
    return { ...opening, notice: `This link could not be opened. ${error.message}` };
  }
}

/** An example as the site has it: the visitor came to the site, so its own code may run. */
export function openedExample(example: Example): Opened {
  return {
    kind: "opened",
    title: example.title,
    example,
    files: example.files,
    outputs: example.outputs,
    selected: null,
    trusted: true,
  };
}
