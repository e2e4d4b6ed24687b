/**
 * Stored consent to run untrusted code. It is valid only for exactly the code that was on the page when the visitor gave it. If
 * the visitor changed a link's code first, the link's original code still needs consent.
 */

import { isFramedByAnotherOrigin } from "../embed/ancestors.ts";
import type { FieldTexts, Files } from "../protocol.ts";
import { database } from "../storage/database.ts";

/** Everything that determines what Python does. The title, for example, is not included. */
export interface Runnable {
  files: Files;
  outputs: readonly string[] | null;
  fieldTexts?: FieldTexts;
}

/** The version, which is part of every digest. Digests of version 1 may represent code that never ran, so they are ignored. */
const VERSION = 2;

/** Code allowed since the page was loaded. Stored as text, because browsers cannot compute digests without HTTPS. */
const allowedHere = new Set<string>();

/** Return whether the visitor has allowed exactly this code since the page was loaded. */
export function isAllowedHere(code: Runnable): boolean {
  return allowedHere.has(textOf(code));
}

/**
 * Return whether the visitor has allowed exactly this code, now or on an earlier visit. Earlier visits do not count in a frame
 * on another site, which could otherwise start code that the visitor allowed elsewhere.
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

/** Allow code to run. Takes effect on this page immediately. Resolves when storing the consent has succeeded or failed. */
export async function allow(code: Runnable): Promise<void> {
  allowedHere.add(textOf(code));
  if (isFramedByAnotherOrigin()) return;
  try {
    const digest = await digestOf(code);
    if (digest !== null) await (await database()).put("consents", Date.now(), digest);
  } catch {
    // On the next visit, the visitor is asked again.
  }
}

/** Return the SHA-256 of code; null without HTTPS, because browsers then cannot compute it. */
async function digestOf(code: Runnable): Promise<string | null> {
  if (globalThis.crypto.subtle === undefined) return null;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(textOf(code)));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Return a canonical string, independent of the order of files and values. */
function textOf({ files, outputs, fieldTexts }: Runnable): string {
  const { inputs = {}, config = {}, overrides = {} } = fieldTexts ?? {};
  return JSON.stringify([VERSION, sorted(files), outputs, sorted(inputs), sorted(config), sorted(overrides)]);
}

function sorted(values: Readonly<Record<string, string>>): [string, string | undefined][] {
  return Object.keys(values)
    .sort()
    .map((name) => [name, values[name]]);
}
