/**
 * Encoding of a dataflow in the fragment of a URL: `#v1.` and JSON, compressed with a dictionary (`zlib.ts`), in base64url (RFC
 * 4648). If the dataflow changes an example, the name and the edition of the example precede the payload, between dots.
 *
 * Browsers do not send the fragment to a server. The content of a link is untrusted: its size is limited before and during
 * decompression, and it is validated before use.
 */

import * as v from "valibot";
import { EXAMPLE_NAME } from "../example.ts";
import type { Files } from "../protocol.ts";
import { nextTask } from "../runtime/next-task.ts";
import { BadLink } from "./bad-link.ts";
import { dictionaryFor } from "./dictionary.ts";
import { EDITION } from "./editions.ts";
import { LinkContent } from "./link-content.ts";
import { BadZlib, deflate, inflate, TooLarge, WrongDictionary } from "./zlib.ts";

export { BadLink } from "./bad-link.ts";
export type { LinkContent } from "./link-content.ts";

const VERSION = "v1";
export const MAX_PAYLOAD_LENGTH = 200_000;
export const MAX_CONTENT_BYTES = 2_000_000;

/** The example that a link is based on, and its edition when the link was created. */
export interface LinkBase {
  example: string;
  edition: string;
}

/** A link whose payload has not been decoded. */
export interface EncodedLink {
  origin: LinkBase | null;
  payload: string;
}

/** Content that does not fit into a link. The message is for the visitor. */
export class Unshareable extends Error {
  override readonly name = "Unshareable";
}

/**
 * @param base the files of the example; empty for code without an example
 * @returns the fragment, including its `#`
 * @throws Unshareable if `parseFragment` or `decode` would reject the link
 */
export async function encode(content: LinkContent, origin: LinkBase | null, base: Files): Promise<string> {
  const result = v.safeParse(LinkContent, content, { abortEarly: true });
  if (!result.success) throw new Unshareable(`This cannot be shared as a link. ${reasonOf(result.issues)}`);
  const bytes = new TextEncoder().encode(JSON.stringify(withoutEmptyFiles(content)));
  if (bytes.length > MAX_CONTENT_BYTES) throw tooLarge(bytes.length, MAX_CONTENT_BYTES);
  const payload = base64url(await deflate(bytes, dictionaryFor(base), nextTask));
  if (payload.length > MAX_PAYLOAD_LENGTH) throw tooLarge(payload.length, MAX_PAYLOAD_LENGTH);
  const parts = origin === null ? [VERSION, payload] : [VERSION, origin.example, origin.edition, payload];
  return `#${parts.join(".")}`;
}

/** @throws BadLink if `encode` cannot have created the fragment; the payload is not checked */
export function parseFragment(fragment: string): EncodedLink {
  const [version = "", ...parts] = fragment.replace(/^#|\.+$/g, "").split(".");
  if (version !== VERSION) throw new BadLink(versionReason(version));
  const payload = parts.at(-1) ?? "";
  if (payload.length > MAX_PAYLOAD_LENGTH) throw new BadLink("It is too long.");
  return { origin: originOf(parts.slice(0, -1)), payload };
}

function originOf(parts: readonly string[]): LinkBase | null {
  if (parts.length === 0) return null;
  const [example = "", edition = ""] = parts;
  if (parts.length !== 2) throw new BadLink("It is damaged: it has the wrong number of parts.");
  if (!EXAMPLE_NAME.test(example)) throw new BadLink("It refers to an invalid example.");
  if (!EDITION.test(edition)) throw new BadLink("It refers to an invalid edition.");
  return { example, edition };
}

/**
 * @param base the files of the example, in the edition that the link names; empty for code without an example
 * @throws BadLink if `encode` cannot have created the payload
 */
export function decode({ payload }: EncodedLink, base: Files): LinkContent {
  return validate(parseJson(inflatePayload(fromBase64url(payload), base)));
}

function withoutEmptyFiles({ files, ...rest }: LinkContent): object {
  return Object.keys(files).length === 0 ? rest : { ...rest, files };
}

function tooLarge(length: number, maxLength: number): Unshareable {
  const [size, limit] = [length, maxLength].map((bytes) => Math.ceil(bytes / 1000).toLocaleString("en"));
  return new Unshareable(
    `This is too large for a link: ${size} kB, and the limit is ${limit} kB. Use smaller data files.`,
  );
}

function versionReason(version: string): string {
  return /^v\d+$/.test(version)
    ? `It was created by a newer version of Headwater (${version.slice(0, 20)}). This page supports ${VERSION}.`
    : "It is not a Headwater link.";
}

function inflatePayload(bytes: Uint8Array, base: Files): Uint8Array {
  try {
    return inflate(bytes, dictionaryFor(base), MAX_CONTENT_BYTES);
  } catch (error) {
    if (error instanceof TooLarge) throw new BadLink("Its content is too large.");
    if (error instanceof WrongDictionary) {
      throw new BadLink(
        "It was created by another version of Headwater, with a dictionary that this page does not have.",
      );
    }
    if (error instanceof BadZlib) throw new BadLink("It is damaged. Part of it may be missing.");
    throw error;
  }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new BadLink("It is damaged: its content cannot be read.");
  }
}

function validate(content: unknown): LinkContent {
  const result = v.safeParse(LinkContent, content, { abortEarly: true });
  if (result.success) return result.output;
  throw new BadLink(`Its content is not a dataflow. ${reasonOf(result.issues)}`);
}

function reasonOf([issue]: [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): string {
  const path = v.getDotPath(issue);
  return path === null ? issue.message : `${issue.message} (${path})`;
}

function base64url(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function fromBase64url(text: string): Uint8Array {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) throw new BadLink("It is damaged: it contains invalid characters.");
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    throw new BadLink("It is damaged: its length is invalid.");
  }
}
