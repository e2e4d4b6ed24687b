/**
 * A text as the changes to another one, as links once told it (`telling.ts` has taken its place): how many characters to
 * keep, how many to leave out, what to put there, and so on. The rest of the other text follows. A mark of the other text comes first, so that a patch for another one is noticed.
 */

import * as v from "valibot";

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** `[mark, keep, drop, text, keep, drop, text, …]` */
export const Patch = v.pipe(
  v.array(v.union([v.string(), Count])),
  v.check(
    (parts) => parts.length % 3 === 1 && parts.every((part, at) => (typeof part === "string") === (at % 3 === 0)),
    "It holds changes that are none.",
  ),
);

export type Patch = v.InferOutput<typeof Patch>;

/** True if the patch was made for this very text. */
export function fits(base: string | undefined, [mark]: Patch): boolean {
  return base !== undefined && mark === markOf(base);
}

export function patched(base: string, patch: Patch): string {
  let text = "";
  let at = 0;
  for (let next = 1; next < patch.length; next += 3) {
    const [keep, drop, put] = patch.slice(next, next + 3) as [number, number, string];
    text += base.slice(at, at + keep) + put;
    at += keep + drop;
  }
  return text + base.slice(at);
}

/** FNV-1a, 32 bits: it tells one edition of an example from the next, and keeps nobody from anything. */
export function markOf(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(36);
}
