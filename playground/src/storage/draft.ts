/** Code that the visitor changed, as it is kept in the browser. */

import type { FieldTexts, Files } from "../protocol.ts";
import type { Origin } from "../state/workspace.ts";

/** What the visitor can change, and what is kept of it. */
export interface DraftContent {
  title: string;
  files: Files;
  outputs: string[] | null;
  given: FieldTexts;
  /** False for a stranger's code that the visitor changed and did not let run. */
  trusted: boolean;
}

/** A draft's name, and when it was changed last. */
export interface DraftEntry {
  id: string;
  title: string;
  /** Milliseconds since 1970. */
  changed: number;
}

/** What Revert leads back to: the code as the visitor found it when he came back to it after a pause. */
export interface EarlierContent extends Pick<DraftContent, "files" | "outputs" | "given"> {
  /** When it was changed last before that; milliseconds since 1970. */
  changed: number;
  /** Whether this content was allowed to run; missing in what an earlier version wrote. */
  trusted?: boolean;
}

export interface Draft extends DraftContent, DraftEntry {
  origin: Origin;
  /** The example that a link to this code is told as changes to. */
  example: string | null;
  /** Counts what was written; 0 for what was not yet. Whoever knows an older one has not seen what another tab wrote. */
  revision: number;
  /** Written by the shelf alone; missing while the draft is as young as its first sitting. */
  earlier?: EarlierContent | undefined;
}

export function newDraftId(): string {
  return [...crypto.getRandomValues(new Uint32Array(3))].map((part) => part.toString(36)).join("");
}

/** The title, or the first of "title 2", "title 3" and so on that is not taken. */
export function uniqueTitle(title: string, titles: ReadonlySet<string>): string {
  if (!titles.has(title)) return title;
  const stem = title.replace(/ \d+$/, "");
  let number = 2;
  while (titles.has(`${stem} ${number}`)) number += 1;
  return `${stem} ${number}`;
}
