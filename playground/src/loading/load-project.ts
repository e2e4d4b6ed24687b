/** What an element opens: the code of a link if the address holds one, else a draft, else its example. */

import { type Example, ExampleNotFound, fetchExample } from "../example.ts";
import { BadLink } from "../share/bad-link.ts";
import { isAllowed } from "../share/consent-store.ts";
import type { WorkspaceEvent } from "../state/events.ts";
import { equalTexts, NO_VALUES, type Origin } from "../state/workspace.ts";

export type OpenedEvent = Extract<WorkspaceEvent, { kind: "opened" }>;

export interface LoadedProject {
  opened: OpenedEvent;
  /** What went wrong with a link, in a sentence; the example is opened in its place. */
  notice: string | null;
  /** What the visitor should know of a link that opened well. */
  info?: string | null;
}

/** True if the fragment of an address was made by Share or by a comparison, or looks as if it should have been. */
export function isLink(fragment: string): boolean {
  return /^#(compare=)?v\d+\./.test(fragment);
}

export async function loadExample(assets: URL, name: string): Promise<LoadedProject> {
  return { opened: exampleEvent(await fetchExample(assets, name)), notice: null };
}

/**
 * @param fallback the example to open where the link does not decode
 * @throws Error if an example that is there cannot be fetched
 */
export async function loadLink(assets: URL, fragment: string, fallback: string): Promise<LoadedProject> {
  try {
    const { readLink } = await import("../share/read-link.ts");
    const { content, example, files, isOlder } = await readLink(assets, fragment);
    const outputs = content.outputs === undefined ? (example?.outputs ?? null) : content.outputs;
    const given = { ...NO_VALUES, ...content.given };
    const opened: OpenedEvent = {
      kind: "opened",
      title: content.title ?? example?.title ?? "Shared dataflow",
      example,
      files,
      outputs,
      given,
      selected: content.selected ?? null,
      trusted: await isAllowed({ files, outputs, given }),
      origin: { kind: "link", fragment },
      // A link to an example as it is brings no code of its own.
      untrustedSource: example !== null && equalTexts(files, example.files) ? null : fragment,
    };
    const editedNote = isOlder ? `“${example?.title}” was edited since; you see it as it was.` : null;
    return { opened, notice: null, info: joinSentences(versionNote(content.engine), editedNote) };
  } catch (error) {
    if (!(error instanceof BadLink || error instanceof ExampleNotFound)) throw error;
    const project = await loadExample(assets, fallback);
    return { ...project, notice: `This link could not be opened. ${error.message}` };
  }
}

/** Said of a link that another version made: it may compute something else here. Null for one of this version. */
function versionNote(engine: string | undefined): string | null {
  if (engine === undefined || engine === __ENGINE_VERSION__) return null;
  return `This link was made with Headwater ${engine} and is opened with ${__ENGINE_VERSION__}.`;
}

function joinSentences(...sentences: (string | null)[]): string | null {
  return sentences.filter((sentence) => sentence !== null).join(" ") || null;
}

/**
 * A module that a page gives in the place of an example.
 *
 * @param isUntrusted true where it came with the address, which anybody can write
 */
export async function loadCode(code: string, isUntrusted: boolean): Promise<LoadedProject> {
  const files = { "flow.py": code };
  const opened: OpenedEvent = {
    kind: "opened",
    title: "Untitled",
    example: null,
    files,
    outputs: null,
    selected: null,
    trusted: !isUntrusted || (await isAllowed({ files, outputs: null })),
    origin: { kind: "new" },
    untrustedSource: isUntrusted ? code : null,
  };
  return { opened, notice: null };
}

/** An example as the site has it: the visitor came to the site, so its own code may run. */
export function exampleEvent(example: Example): OpenedEvent {
  return {
    kind: "opened",
    title: example.title,
    example,
    files: example.files,
    outputs: example.outputs,
    selected: null,
    trusted: true,
    origin: { kind: "example", name: example.name },
  };
}

/** The code that a draft began with, as it is today. */
export async function loadOrigin(assets: URL, origin: Origin, fallback: string): Promise<LoadedProject> {
  switch (origin.kind) {
    case "example":
      return loadExample(assets, origin.name);
    case "link":
      return loadLink(assets, origin.fragment, fallback);
    case "new":
      return { opened: NEW_PROJECT_EVENT, notice: null };
  }
}

const NEW_PROJECT_EVENT: OpenedEvent = {
  kind: "opened",
  title: "Untitled",
  example: null,
  files: {
    "flow.py": `"""Each function is a node; each parameter takes the node of its name."""


def price() -> float:
    return 20.0


def total(price: float, count: int = 3) -> float:
    return price * count
`,
  },
  outputs: null,
  selected: null,
  trusted: true,
  origin: { kind: "new" },
};
