/**
 * Consent to run untrusted code. It holds for exactly the code that was on the page when the visitor gave it. Any other
 * code needs consent of its own, also the code that a link brought if the visitor changed it first.
 */

import { isFramedByAnotherOrigin } from "../embed/ancestors.ts";
import type { FieldTexts, Files } from "../protocol.ts";
import { database } from "../storage/database.ts";

/** All that decides what Python does. The title, for one, is not part of it. */
export interface Runnable {
  files: Files;
  outputs: readonly string[] | null;
  given?: FieldTexts;
}

/** Part of every digest. Digests of an earlier version may stand for code that never ran, so they no longer count. */
const VERSION = 2;

/** What was allowed since the page was loaded. Texts, because a page without HTTPS has no digests. */
const allowedHere = new Set<string>();

/** True if the visitor allowed exactly this code since the page was loaded. */
export function isAllowedHere(code: Runnable): boolean {
  return allowedHere.has(textOf(code));
}

/**
 * True if the visitor allowed exactly this code, on this page or earlier. Only the page itself counts where the browser
 * remembers nothing, and inside a page of another site: that could start code which the visitor allowed elsewhere.
 */
export async function isAllowed(code: Runnable): Promise<boolean> {
  if (isAllowedHere(code)) return true;
  if (isFramedByAnotherOrigin()) return false;
  try {
    const digest = await digestOf(code);
    return digest !== null && (await (await database()).get("consents", digest)) !== undefined;
  } catch {
    return false;
  }
}

/** Takes effect on this page at once; resolves when the browser has stored it, or cannot. */
export async function allow(code: Runnable): Promise<void> {
  allowedHere.add(textOf(code));
  if (isFramedByAnotherOrigin()) return;
  try {
    const digest = await digestOf(code);
    if (digest !== null) await (await database()).put("consents", Date.now(), digest);
  } catch {
    // the visitor is asked again next time
  }
}

/** @returns SHA-256; null on a page without HTTPS, where browsers compute no digests */
async function digestOf(code: Runnable): Promise<string | null> {
  if (globalThis.crypto.subtle === undefined) return null;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(textOf(code)));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The same text for the same code, whatever the order of its files and values. */
function textOf({ files, outputs, given }: Runnable): string {
  const { inputs = {}, config = {}, overrides = {} } = given ?? {};
  return JSON.stringify([VERSION, sorted(files), outputs, sorted(inputs), sorted(config), sorted(overrides)]);
}

function sorted(values: Readonly<Record<string, string>>): [string, string | undefined][] {
  return Object.keys(values)
    .sort()
    .map((name) => [name, values[name]]);
}
