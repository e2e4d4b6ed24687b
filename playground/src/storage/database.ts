/** The browser's own database of this site: drafts, and which strangers' code the visitor let run. */

import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Draft } from "./draft.ts";

export interface Kept extends DBSchema {
  drafts: { key: string; value: Draft; indexes: { listed: [number, string] } };
  /** When the visitor let code run, by its digest. */
  consents: { key: string; value: number };
}

const NAME = "headwater";
let opening: Promise<IDBPDatabase<Kept>> | null = null;

/** @throws DOMException where the browser keeps nothing for this page */
export function database(): Promise<IDBPDatabase<Kept>> {
  opening ??= opened();
  return opening;
}

async function opened(): Promise<IDBPDatabase<Kept>> {
  try {
    const open = await openDB<Kept>(NAME, 1, {
      upgrade(fresh) {
        // The index holds all that a list of drafts shows, so that listing them reads none of their files.
        fresh.createObjectStore("drafts", { keyPath: "id" }).createIndex("listed", ["changed", "title"]);
        fresh.createObjectStore("consents");
      },
      blocking: () => forget(open), // another tab has a newer page, and a newer database
      terminated: () => forget(open),
    });
    return open;
  } catch (error) {
    opening = null; // it may be let next time
    throw error;
  }
}

function forget(open: IDBPDatabase<Kept>): void {
  opening = null;
  open.close();
}
