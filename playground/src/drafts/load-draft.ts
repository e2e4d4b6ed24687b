/** Loads drafts. */

import { fetchExample } from "../example.ts";
import type { LoadedProject, OpenedEvent } from "../loading/load-project.ts";
import { NO_VALUES } from "../state/workspace.ts";
import type { Draft } from "../storage/draft.ts";

/**
 * Load a draft.
 *
 * @param assets the base URL of the bundle's files
 */
export async function loadDraft(assets: URL, draft: Draft): Promise<LoadedProject> {
  const { id, revision, title, files, outputs, given, trusted, origin } = draft;
  // If the example cannot be fetched, the draft still opens, but links to it are longer.
  const example = draft.example === null ? null : await fetchExample(assets, draft.example).catch(() => null);
  const opened: OpenedEvent = {
    kind: "opened",
    title,
    example,
    files,
    outputs,
    fieldTexts: { ...NO_VALUES, ...given }, // drafts of earlier versions have no overrides
    selected: null,
    trusted,
    origin,
    draft: { id, revision },
  };
  return { opened, notice: null };
}
