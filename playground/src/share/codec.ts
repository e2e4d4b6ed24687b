/**
 * A dataflow as the fragment of an address, and back: `#v1.` and JSON, deflated (RFC 1951), in base64url (RFC 4648).
 *
 * The code stands in the fragment, so that no server sees it. What a link says is a stranger's: it is measured before and
 * while it is inflated, and checked before it is used.
 */

import * as v from "valibot";
import { BadLink } from "./bad-link.ts";
import { Shared } from "./shared.ts";

export { BadLink } from "./bad-link.ts";
export type { Shared } from "./shared.ts";

const VERSION = "v1";
export const LONGEST_PAYLOAD = 200_000;
export const LARGEST_CONTENT = 2_000_000;
/** A transform unfolds a whole chunk before anybody may stop it, up to a thousandfold: so it gets small ones. */
const CHUNK = 1024;

/** Content that no link can carry; the message is a sentence for the visitor. */
export class Unshareable extends Error {
  override readonly name = "Unshareable";
}

/**
 * @returns the fragment, its `#` included
 * @throws Unshareable where `decode` would refuse the link
 */
export async function encode(shared: Shared): Promise<string> {
  const result = v.safeParse(Shared, shared);
  if (!result.success) throw new Unshareable(`A link cannot carry this. ${reasonOf(result.issues)}`);
  const bytes = new TextEncoder().encode(JSON.stringify(terse(shared)));
  if (bytes.length > LARGEST_CONTENT) throw tooMuch(bytes.length, LARGEST_CONTENT);
  const payload = base64url(await collected(deflating(bytes), Number.POSITIVE_INFINITY));
  if (payload.length > LONGEST_PAYLOAD) throw tooMuch(payload.length, LONGEST_PAYLOAD);
  return `#${VERSION}.${payload}`;
}

/** @throws BadLink for anything that `encode` did not make */
export async function decode(fragment: string): Promise<Shared> {
  const [version = "", payload = ""] = fragment.replace(/^#/, "").split(".", 2);
  if (version !== VERSION) throw new BadLink(versionReason(version));
  if (payload.length > LONGEST_PAYLOAD) throw new BadLink("It is longer than any link that Share makes.");
  const content = await inflated(fromBase64url(payload));
  return checked(parsed(content));
}

/** Without what it need not say. */
function terse({ files, ...rest }: Shared): object {
  return Object.keys(files).length === 0 ? rest : { ...rest, files };
}

function tooMuch(length: number, most: number): Unshareable {
  const [is, may] = [length, most].map((bytes) => Math.ceil(bytes / 1000).toLocaleString("en"));
  return new Unshareable(`This is too much for a link: ${is} kB, where ${may} kB fit. Smaller data files would help.`);
}

function versionReason(version: string): string {
  return /^v\d+$/.test(version)
    ? `It was made by a newer Headwater (${version}); this page knows ${VERSION}.`
    : "It does not begin as links to code do.";
}

async function inflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await collected(unfolding(bytes), LARGEST_CONTENT);
  } catch (error) {
    if (error instanceof BadLink) throw error;
    throw new BadLink("It is damaged: a part may have been lost when it was copied.");
  }
}

function parsed(content: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(content));
  } catch {
    throw new BadLink("It is damaged: what it holds cannot be read.");
  }
}

function checked(content: unknown): Shared {
  const result = v.safeParse(Shared, content);
  if (result.success) return result.output;
  throw new BadLink(`It holds something else than a dataflow. ${reasonOf(result.issues)}`);
}

function reasonOf([issue]: [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): string {
  const where = v.getDotPath(issue);
  return where === null ? issue.message : `${issue.message} (${where})`;
}

function deflating(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
}

function unfolding(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  let taken = 0;
  const chunks = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      if (taken >= bytes.length) controller.close();
      else controller.enqueue(bytes.subarray(taken, taken + CHUNK));
      taken += CHUNK;
    },
  });
  return chunks.pipeThrough(new DecompressionStream("deflate-raw"));
}

/** All bytes of a stream; gives up, without reading on, once there are more than `most`. */
async function collected(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  most: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const reader = stream.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    size += read.value.byteLength;
    if (size > most) {
      await reader.cancel();
      throw new BadLink("It unfolds to more than a page of code can be.");
    }
    parts.push(read.value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

function base64url(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) throw new BadLink("It is damaged: it holds characters that no link has.");
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    throw new BadLink("It is damaged: its length cannot be.");
  }
}
