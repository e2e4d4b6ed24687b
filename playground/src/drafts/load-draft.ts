/** Loading of drafts. */

import { fetchExample } from "../example.ts";
import type { LoadedProject, OpenedEvent } from "../loading/load-project.ts";
import { NO_VALUES } from "../state/workspace.ts";
import type { Draft } from "../storage/draft.ts";

/**
 * Load a draft.
 *
 * @param assets the folder of the bundle
 */
export async function loadDraft(assets: URL, draft: Draft): Promise<LoadedProject> {
  const { id, revision, title, files, outputs, given, trusted, origin } = draft;
  // If the example is missing, the draft still opens; only links to it become longer.
  const example = draft.example === null ? null : await fetchExample(assets, draft.example).catch(() => null);
  const opened: OpenedEvent = {
    kind: "opened",
    title,
    example,
    files,
    outputs,
    fieldTexts: { ...NO_VALUES, ...given }, // old drafts have no overrides
    selected: null,
    trusted,
    origin,
    draft: { id, revision },
  };
  return { opened, notice: null };
}
