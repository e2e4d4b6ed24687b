/** The store for all drafts in this browser. Tabs never overwrite each other's changes. */

import type { IDBPDatabase, IDBPTransaction } from "idb";
import { database, type HeadwaterDatabase } from "../storage/database.ts";
import { type Draft, type DraftEntry, type EarlierContent, newDraftId, uniqueTitle } from "../storage/draft.ts";

/** After a pause of this length, the next change starts a new editing session. */
const EDIT_SESSION_GAP_MILLISECONDS = 30 * 60_000;

/** Return all drafts, newest first. */
export async function listDrafts(): Promise<DraftEntry[]> {
  return entriesOf((await database()).transaction("drafts"));
}

export async function readDraft(id: string): Promise<Draft | null> {
  return (await (await database()).get("drafts", id)) ?? null;
}

export async function latestDraft(): Promise<Draft | null> {
  const [latest] = await listDrafts();
  return latest === undefined ? null : readDraft(latest.id);
}

/**
 * Save a draft. If another tab has changed or deleted the stored draft in the meantime, save a new draft instead.
 *
 * @returns the saved draft
 */
export async function saveDraft(draft: Draft): Promise<Draft> {
  return write(await database(), draft);
}

export async function deleteDraft(id: string): Promise<void> {
  await (await database()).delete("drafts", id);
}

async function write(db: IDBPDatabase<HeadwaterDatabase>, draft: Draft): Promise<Draft> {
  const transaction = db.transaction("drafts", "readwrite");
  const stored = await transaction.store.get(draft.id);
  const isUnchanged = (stored?.revision ?? 0) === draft.revision;
  const now = Date.now();
  const saved: Draft = { ...draft, changed: now, revision: draft.revision + 1, earlier: draft.earlier };
  if (stored !== undefined) saved.earlier = earlierOf(stored, now);
  if (!isUnchanged) saved.id = newDraftId();
  if (!isUnchanged || draft.revision === 0) {
    const otherDrafts = (await entriesOf(transaction)).filter((entry) => entry.id !== saved.id);
    saved.title = uniqueTitle(draft.title, new Set(otherDrafts.map((entry) => entry.title)));
  }
  await Promise.all([transaction.store.put(saved), transaction.done]);
  return saved;
}

function earlierOf(stored: Draft, now: number): EarlierContent | undefined {
  const { files, outputs, given, trusted, changed, earlier } = stored;
  return now - changed < EDIT_SESSION_GAP_MILLISECONDS ? earlier : { files, outputs, given, trusted, changed };
}

async function entriesOf(
  transaction: IDBPTransaction<HeadwaterDatabase, ["drafts"], "readonly" | "readwrite">,
): Promise<DraftEntry[]> {
  const entries: DraftEntry[] = [];
  let cursor = await transaction.objectStore("drafts").index("listed").openKeyCursor(null, "prev");
  while (cursor !== null) {
    const [changed, title] = cursor.key;
    entries.push({ id: cursor.primaryKey, title, changed });
    cursor = await cursor.continue();
  }
  return entries;
}
