/**
 * Validates what the sandbox sends. The code that runs there may send anything, so a reply is trusted only as far as its
 * shape and its size. Texts stay texts: never show one as markup.
 */

import * as v from "valibot";
import type { Preview, Reply } from "../protocol.ts";
import { type Announcement, type Envelope, hasTooManyParts } from "./envelope.ts";
import { reply } from "./reply-validators.ts";
import { charactersIn } from "./validators.ts";
import { LONGEST_PRINTS_OF_RUN, LONGEST_TEXTS } from "./wire.ts";

/** What the validators let through; a test holds it to be exactly a `Reply`. */
export type ReadReply = v.InferOutput<typeof reply>;

/** The reply that a message holds, or `null` if it is not what its envelope says. */
export function readReply(message: string, envelope: Envelope | Announcement): Reply | null {
  if (hasTooManyParts(message)) return null;
  let data: unknown;
  try {
    data = JSON.parse(message);
  } catch {
    return null;
  }
  const read = v.safeParse(reply, data, { abortEarly: true });
  if (!read.success || !isIn(envelope, read.output) || printsTooMuch(read.output)) return null;
  return message.length - imagesIn(read.output) > LONGEST_TEXTS && read.output.kind !== "export" ? null : read.output;
}

/** A key may be there twice, and then the last one counts. */
function isIn(envelope: Envelope | Announcement, { kind, ...reply }: Reply): boolean {
  if (kind !== envelope.kind) return false;
  if (envelope.id === null) return !("stage" in reply) || reply.stage === envelope.stage;
  return "id" in reply && reply.id === envelope.id && reply.session === envelope.session;
}

function printsTooMuch(reply: Reply): boolean {
  return reply.kind === "result" && !arePrintsAtMost(Object.values(reply.result.nodes), LONGEST_PRINTS_OF_RUN);
}

function arePrintsAtMost(nodes: readonly { prints?: string }[], most: number): boolean {
  const sum = (count: (text: string) => number): number =>
    nodes.reduce((total, { prints }) => total + (prints === undefined ? 0 : count(prints)), 0);
  const units = sum((text) => text.length);
  return units <= most || (units <= 2 * most && sum(charactersIn) <= most);
}

/** Characters of images. */
function imagesIn(reply: Reply): number {
  let shown: (Preview | null)[] = [];
  if (reply.kind === "result") shown = Object.values(reply.result.outputs);
  else if (reply.kind === "preview") shown = [reply.preview];
  return shown.reduce((sum, preview) => sum + (preview?.kind === "image" ? preview.data.length : 0), 0);
}
