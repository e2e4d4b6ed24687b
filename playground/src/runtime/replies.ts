/**
 * Validates replies from the sandbox. Code in the sandbox may send anything, so only the shape and the size of a reply can be
 * trusted. Never render a reply's text as markup.
 */

import * as v from "valibot";
import type { Preview, Reply } from "../protocol.ts";
import { type Announcement, type Envelope, hasTooManyParts } from "./envelope.ts";
import { reply } from "./reply-validators.ts";
import { charactersIn } from "./validators.ts";
import { MAX_REPLY_TEXT_LENGTH, MAX_RUN_PRINTS_LENGTH } from "./wire.ts";

/** The type of valid replies; a test checks that it equals `Reply`. */
export type ValidatedReply = v.InferOutput<typeof reply>;

/** Parse and validate a message; return `null` if it is invalid or does not match its envelope. */
export function readReply(message: string, envelope: Envelope | Announcement): Reply | null {
  if (hasTooManyParts(message)) return null;
  let data: unknown;
  try {
    data = JSON.parse(message);
  } catch {
    return null;
  }
  const read = v.safeParse(reply, data, { abortEarly: true });
  if (!read.success || !matches(envelope, read.output) || printsTooMuch(read.output)) return null;
  return message.length - imagesIn(read.output) > MAX_REPLY_TEXT_LENGTH && read.output.kind !== "export"
    ? null
    : read.output;
}

/**
 * Compare the parsed reply with its envelope. They can differ if a key occurs twice: the envelope has the first value, but JSON
 * parsers use the last.
 */
function matches(envelope: Envelope | Announcement, { kind, ...reply }: Reply): boolean {
  if (kind !== envelope.kind) return false;
  if (envelope.id === null) return !("stage" in reply) || reply.stage === envelope.stage;
  return "id" in reply && reply.id === envelope.id && reply.session === envelope.session;
}

function printsTooMuch(reply: Reply): boolean {
  return reply.kind === "result" && !arePrintsAtMost(Object.values(reply.result.nodes), MAX_RUN_PRINTS_LENGTH);
}

function arePrintsAtMost(nodes: readonly { prints?: string }[], most: number): boolean {
  const sum = (count: (text: string) => number): number =>
    nodes.reduce((total, { prints }) => total + (prints === undefined ? 0 : count(prints)), 0);
  const units = sum((text) => text.length);
  return units <= most || (units <= 2 * most && sum(charactersIn) <= most);
}

/** Return the number of characters in a reply's images. */
function imagesIn(reply: Reply): number {
  let previews: (Preview | null)[] = [];
  if (reply.kind === "result") previews = Object.values(reply.result.outputs);
  else if (reply.kind === "preview") previews = [reply.preview];
  return previews.reduce((sum, preview) => sum + (preview?.kind === "image" ? preview.data.length : 0), 0);
}
