/** Loads the code that an element opens: a link in the URL, otherwise a draft, otherwise the element's example. */

import { type Example, ExampleNotFound, fetchExample } from "../example.ts";
import { BadLink } from "../share/bad-link.ts";
import { isAllowed } from "../share/consent-store.ts";
import type { WorkspaceEvent } from "../state/events.ts";
import { equalTexts, NO_VALUES, type Origin } from "../state/workspace.ts";

export type OpenedEvent = Extract<WorkspaceEvent, { kind: "opened" }>;

export interface LoadedProject {
  opened: OpenedEvent;
  /** The reason why a link could not be opened. The example was loaded instead. */
  notice: string | null;
  /** A note about the opened link, such as that its example has changed. */
  info?: string | null;
}

/** Return whether a URL's fragment is a link created by Share or by a comparison, even a broken link. */
export function isLink(fragment: string): boolean {
  return /^#(compare=)?v\d+\./.test(fragment);
}

export async function loadExample(assets: URL, name: string): Promise<LoadedProject> {
  return { opened: exampleEvent(await fetchExample(assets, name)), notice: null };
}

/**
 * Load the code from a link.
 *
 * @param fallback the example to load if the link cannot be decoded
 * @throws Error if an existing example cannot be fetched
 */
export async function loadLink(assets: URL, fragment: string, fallback: string): Promise<LoadedProject> {
  try {
    const { readLink } = await import("../share/read-link.ts");
    const { content, example, files, isOlder } = await readLink(assets, fragment);
    const outputs = content.outputs === undefined ? (example?.outputs ?? null) : content.outputs;
    const fieldTexts = { ...NO_VALUES, ...content.given };
    // A link to an unchanged example contains no code.
    const isExample = example !== null && equalTexts(files, example.files);
    const opened: OpenedEvent = {
      kind: "opened",
      title: content.title ?? example?.title ?? "Shared dataflow",
      example,
      files,
      outputs,
      fieldTexts,
      selected: content.selected ?? null,
      // The site's own code may run without consent, but values in a link determine what it does.
      trusted: (isExample && content.given === undefined) || (await isAllowed({ files, outputs, fieldTexts })),
      origin: { kind: "link", fragment },
      untrustedSource: isExample ? null : fragment,
    };
    const editedNote = isOlder
      ? `“${example?.title}” has changed since this link was created. This is the earlier version.`
      : null;
    return { opened, notice: null, info: joinSentences(versionNote(content.engine), editedNote) };
  } catch (error) {
    if (!(error instanceof BadLink || error instanceof ExampleNotFound)) throw error;
    const project = await loadExample(assets, fallback);
    return { ...project, notice: `This link could not be opened. ${error.message}` };
  }
}

/** Return a note if another version of Headwater created the link, because values may differ; otherwise null. */
function versionNote(engine: string | undefined): string | null {
  if (engine === undefined || engine === __ENGINE_VERSION__) return null;
  return `This link was created with Headwater ${engine}. This page uses ${__ENGINE_VERSION__}.`;
}

function joinSentences(...sentences: (string | null)[]): string | null {
  return sentences.filter((sentence) => sentence !== null).join(" ") || null;
}

/**
 * Load a module that the page specifies instead of an example.
 *
 * @param isUntrusted true if the code came from the URL
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

/** Return the event that opens an example. The example may run, because its code is part of the site. */
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

/** Load the current version of the code from which a draft was started. */
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
    "flow.py": `"""Each function is a node; each parameter names the node it needs."""


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
