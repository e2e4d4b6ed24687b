/** Which strangers' code the visitor let run. It is remembered for that very code: a changed letter is asked about anew. */

import { database } from "../drafts/database.ts";
import type { Files, Given } from "../protocol.ts";

/** What a link has Python do; its title, for one, is not part of it. */
export interface Runnable {
  files: Files;
  outputs: readonly string[] | null;
  given: Given;
}

/** @returns the SHA-256 of what would run; null on a page without HTTPS, where browsers give no digests */
export async function digestOf({ files, outputs, given }: Runnable): Promise<string | null> {
  if (globalThis.crypto.subtle === undefined) return null;
  const names = Object.keys(files).sort();
  const text = JSON.stringify([names.map((name) => [name, files[name]]), outputs, given]);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** False, too, where the browser remembers nothing for this page: then it is asked again. */
export async function isAllowed(digest: string): Promise<boolean> {
  try {
    return (await (await database()).get("consents", digest)) !== undefined;
  } catch {
    return false;
  }
}

export async function allow(digest: string): Promise<void> {
  try {
    await (await database()).put("consents", Date.now(), digest);
  } catch {
    // it is asked again next time
  }
}
