/** Drafts: the visitor's changed code, as stored in the browser. */

import type { FieldTexts, Files } from "../protocol.ts";
import type { Origin } from "../state/workspace.ts";

export interface DraftContent {
  title: string;
  files: Files;
  outputs: string[] | null;
  given: FieldTexts;
  /** False for untrusted code that the visitor changed but did not allow to run. */
  trusted: boolean;
}

/** The title of a draft, and the time of the draft's last change. */
export interface DraftEntry {
  id: string;
  title: string;
  /** Milliseconds since 1970. */
  changed: number;
}

/** The content that Revert restores: the code before the latest editing session. */
export interface EarlierContent extends Pick<DraftContent, "files" | "outputs" | "given"> {
  /** The time of the last change to the content, in milliseconds since 1970. */
  changed: number;
  /** Whether this content was allowed to run. Missing in drafts that an earlier version stored. */
  trusted?: boolean;
}

export interface Draft extends DraftContent, DraftEntry {
  origin: Origin;
  /** The name of the example on which the code is based. Links contain only the changes to it. */
  example: string | null;
  /** The number of writes; 0 before the first write. If the stored number is higher, another tab has written since. */
  revision: number;
  /** Set by the draft store; missing during a draft's first editing session. */
  earlier?: EarlierContent | undefined;
}

export function newDraftId(): string {
  return [...crypto.getRandomValues(new Uint32Array(3))].map((part) => part.toString(36)).join("");
}

/** Return the title; if it is taken, the first unused title of the form "title 2", "title 3" and so on. */
export function uniqueTitle(title: string, titles: ReadonlySet<string>): string {
  if (!titles.has(title)) return title;
  const stem = title.replace(/ \d+$/, "");
  let number = 2;
  while (titles.has(`${stem} ${number}`)) number += 1;
  return `${stem} ${number}`;
}
