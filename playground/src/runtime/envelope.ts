/** A message's header, read from its first characters. Unexpected messages are dropped without being parsed. */

import type { BootStage, Reply } from "../protocol.ts";
import { BOOT_STAGES, MAX_MARKS, MAX_REPLY_LENGTH } from "./wire.ts";

/** The request to which a message replies, and the kind of reply. */
export interface Envelope {
  id: number;
  session: string;
  kind: Extract<Reply, { id: number }>["kind"];
}

/** The header of a message that does not reply to a request. */
export interface Announcement {
  id: null;
  kind: Exclude<Reply, { id: number }>["kind"];
  /** The stage that a `stage` message announces. */
  stage: BootStage | null;
}

/** Python's `json.dumps` writes spaces; `JSON.stringify` does not. */
const REPLY = /^\{"id": ?(\d{1,15}), ?"session": ?"([\w-]{1,100})", ?"kind": ?"([a-z-]{1,20})"[,}]/;
const ANNOUNCEMENT = new RegExp(`^\\{"kind":"(?:(boot-failed|packs)"|stage","stage":"(${BOOT_STAGES.join("|")})")[,}]`);
/** The maximum number of characters that the patterns match. */
const PREFIX_LENGTH = 200;
const ANNOUNCED: ReadonlySet<string> = new Set<Announcement["kind"]>(["stage", "boot-failed", "packs"]);
/** Shorter messages cannot contain enough quotes and brackets to exceed the limit. */
const MIN_COUNTED_LENGTH = 100_000;

const QUOTE = 0x22;
const BRACKET = 0x5b;
const BRACE = 0x7b;

/** Return the header of a message, or null if it is not from the engine or exceeds the length limit of its kind. */
export function envelopeOf(message: unknown): Envelope | Announcement | null {
  if (typeof message !== "string") return null;
  const prefix = message.slice(0, PREFIX_LENGTH);
  const announced = ANNOUNCEMENT.exec(prefix);
  if (announced !== null) {
    const stage = (announced[2] ?? null) as BootStage | null;
    const kind = stage === null ? (announced[1] as "boot-failed" | "packs") : "stage";
    return message.length <= MAX_REPLY_LENGTH[kind] ? { id: null, kind, stage } : null;
  }
  const [, id, session, kind] = REPLY.exec(prefix) ?? [];
  if (id === undefined || session === undefined || kind === undefined || !isKind(kind)) return null;
  return message.length <= MAX_REPLY_LENGTH[kind] ? { id: Number(id), session, kind } : null;
}

/** Return whether a message has too many parts to parse without blocking the page. */
export function hasTooManyParts(message: string): boolean {
  if (message.length <= MIN_COUNTED_LENGTH) return false;
  let marks = 0;
  for (let at = 0; at < message.length; at++) {
    const code = message.charCodeAt(at);
    if (code === QUOTE || code === BRACKET || code === BRACE) marks += 1;
  }
  return marks > MAX_MARKS;
}

function isKind(kind: string): kind is Envelope["kind"] {
  return Object.hasOwn(MAX_REPLY_LENGTH, kind) && !ANNOUNCED.has(kind);
}
