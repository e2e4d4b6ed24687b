/** A draft as the code that an element opens. */

import { fetchExample } from "../example.ts";
import type { LoadedProject, OpenedEvent } from "../loading/load-project.ts";
import { NO_VALUES } from "../state/workspace.ts";
import type { Draft } from "../storage/draft.ts";

/** @param assets the folder of the bundle's own files */
export async function loadDraft(assets: URL, draft: Draft): Promise<LoadedProject> {
  const { id, revision, title, files, outputs, given, trusted, origin } = draft;
  // A draft opens without its example; only links to it are longer then.
  const example = draft.example === null ? null : await fetchExample(assets, draft.example).catch(() => null);
  const opened: OpenedEvent = {
    kind: "opened",
    title,
    example,
    files,
    outputs,
    given: { ...NO_VALUES, ...given }, // a draft may be older than overrides
    selected: null,
    trusted,
    origin,
    draft: { id, revision },
  };
  return { opened, notice: null };
}
