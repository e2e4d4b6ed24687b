/** Which steps of lessons are done, kept in this browser. A step that has changed since has to be done again. */

import * as v from "valibot";
import { own } from "../own.ts";

export type Standing = "open" | "done" | "stale";

const KEY = "headwater-lesson";
/** The digest of each step that was done, by name. */
const kept = v.record(v.string(), v.string());

export function standingOf(name: string, digest: string): Standing {
  const done = own(read(), name);
  if (done === undefined) return "open";
  return done === digest ? "done" : "stale";
}

/** @returns false where the browser keeps nothing */
export function markDone(name: string, digest: string): boolean {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...read(), [name]: digest }));
    return true;
  } catch {
    return false;
  }
}

/** Whatever else stands there, or a browser that refuses its storage, is no progress. */
function read(): Record<string, string> {
  try {
    return v.parse(kept, JSON.parse(localStorage.getItem(KEY) ?? "{}"));
  } catch {
    return {};
  }
}
