/** The site's IndexedDB database: drafts, and the untrusted code that the visitor allowed to run. */

import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Draft } from "./draft.ts";

export interface HeadwaterDatabase extends DBSchema {
  drafts: { key: string; value: Draft; indexes: { listed: [number, string] } };
  /** When the visitor allowed code to run, by its digest. */
  consents: { key: string; value: number };
}

const NAME = "headwater";
let opening: Promise<IDBPDatabase<HeadwaterDatabase>> | null = null;

/**
 * Open the database.
 *
 * @throws DOMException if the browser refuses storage
 */
export function database(): Promise<IDBPDatabase<HeadwaterDatabase>> {
  opening ??= openHeadwater();
  return opening;
}

async function openHeadwater(): Promise<IDBPDatabase<HeadwaterDatabase>> {
  try {
    const open = await openDB<HeadwaterDatabase>(NAME, 1, {
      upgrade(fresh) {
        // The index has all that the list of drafts shows, so listing does not read their files.
        fresh.createObjectStore("drafts", { keyPath: "id" }).createIndex("listed", ["changed", "title"]);
        fresh.createObjectStore("consents");
      },
      blocking: () => closeStale(open), // another tab upgrades the database
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
