/** The browser's own database of this site: drafts, and which strangers' code the visitor let run. */

import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Draft } from "./draft.ts";

export interface HeadwaterDatabase extends DBSchema {
  drafts: { key: string; value: Draft; indexes: { listed: [number, string] } };
  /** When the visitor let code run, by its digest. */
  consents: { key: string; value: number };
}

const NAME = "headwater";
let opening: Promise<IDBPDatabase<HeadwaterDatabase>> | null = null;

/** @throws DOMException where the browser keeps nothing for this page */
export function database(): Promise<IDBPDatabase<HeadwaterDatabase>> {
  opening ??= openHeadwater();
  return opening;
}

async function openHeadwater(): Promise<IDBPDatabase<HeadwaterDatabase>> {
  try {
    const open = await openDB<HeadwaterDatabase>(NAME, 1, {
      upgrade(fresh) {
        // The index holds all that a list of drafts shows, so that listing them reads none of their files.
        fresh.createObjectStore("drafts", { keyPath: "id" }).createIndex("listed", ["changed", "title"]);
        fresh.createObjectStore("consents");
      },
      blocking: () => closeStale(open), // another tab has a newer page, and a newer database
      terminated: () => closeStale(open),
    });
    return open;
  } catch (error) {
    opening = null; // it may be let next time
    throw error;
  }
}

function closeStale(open: IDBPDatabase<HeadwaterDatabase>): void {
  opening = null;
  open.close();
}
