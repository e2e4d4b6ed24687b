/** The site's IndexedDB database, with drafts and the visitor's consents to run untrusted code. */

import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Draft } from "./draft.ts";

export interface HeadwaterDatabase extends DBSchema {
  drafts: { key: string; value: Draft; indexes: { listed: [number, string] } };
  /** The times at which the visitor allowed code to run, keyed by the code's digest. */
  consents: { key: string; value: number };
}

const NAME = "headwater";
let opening: Promise<IDBPDatabase<HeadwaterDatabase>> | null = null;

/**
 * Open the database.
 *
 * @throws DOMException if storage is blocked
 */
export function database(): Promise<IDBPDatabase<HeadwaterDatabase>> {
  opening ??= openHeadwater();
  return opening;
}

async function openHeadwater(): Promise<IDBPDatabase<HeadwaterDatabase>> {
  try {
    const open = await openDB<HeadwaterDatabase>(NAME, 1, {
      upgrade(fresh) {
        // The index contains everything that the list of drafts shows, so listing does not read the drafts' files.
        fresh.createObjectStore("drafts", { keyPath: "id" }).createIndex("listed", ["changed", "title"]);
        fresh.createObjectStore("consents");
      },
      blocking: () => closeStale(open), // close the database, because another tab is waiting to upgrade it
      terminated: () => closeStale(open),
    });
    return open;
  } catch (error) {
    opening = null; // the next attempt may succeed
    throw error;
  }
}

function closeStale(open: IDBPDatabase<HeadwaterDatabase>): void {
  opening = null;
  open.close();
}
