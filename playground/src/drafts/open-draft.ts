/** A draft as the code that an element opens. */

import { fetchExample } from "../example.ts";
import type { Opened, Opening } from "../opening/opening.ts";
import { NOTHING_GIVEN } from "../state/workspace.ts";
import type { Draft } from "../storage/draft.ts";

/** @param assets the folder of the bundle's own files */
export async function openDraft(assets: URL, draft: Draft): Promise<Opening> {
  const { id, revision, title, files, outputs, given, trusted, origin } = draft;
  // A draft opens without its example; only links to it are longer then.
  const example = draft.example === null ? null : await fetchExample(assets, draft.example).catch(() => null);
  const opened: Opened = {
    kind: "opened",
    title,
    example,
    files,
    outputs,
    given: { ...NOTHING_GIVEN, ...given }, // a draft may be older than overrides
    selected: null,
    trusted,
    origin,
    draft: { id, revision },
  };
  return { opened, notice: null };
}
