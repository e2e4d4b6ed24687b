/**
 * A dataflow as the fragment of an address, and back: `#v1.` and JSON, deflated with a dictionary (`zlib.ts`), in base64url
 * (RFC 4648). Where it changes an example, the name and the edition of the example come before the JSON, between dots.
 *
 * The code stands in the fragment, so that no server sees it. What a link says is a stranger's: it is measured before and
 * while it is inflated, and checked before it is used.
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
export const LONGEST_PAYLOAD = 200_000;
export const LARGEST_CONTENT = 2_000_000;

/** The built-in example that a link changes, as it was when the link was made. */
export interface LinkBase {
  example: string;
  edition: string;
}

/** A link whose content has not been read yet. */
export interface EncodedLink {
  origin: LinkBase | null;
  payload: string;
}

/** Content that no link can carry; the message is a sentence for the visitor. */
export class Unshareable extends Error {
  override readonly name = "Unshareable";
}

/**
 * @param base the files of the example; empty for code without one
 * @returns the fragment, its `#` included
 * @throws Unshareable where `opened` or `unpacked` would refuse the link
 */
export async function encode(content: LinkContent, origin: LinkBase | null, base: Files): Promise<string> {
  const result = v.safeParse(LinkContent, content, { abortEarly: true });
  if (!result.success) throw new Unshareable(`A link cannot carry this. ${reasonOf(result.issues)}`);
  const bytes = new TextEncoder().encode(JSON.stringify(withoutEmptyFiles(content)));
  if (bytes.length > LARGEST_CONTENT) throw tooMuch(bytes.length, LARGEST_CONTENT);
  const payload = base64url(await deflate(bytes, dictionaryFor(base), nextTask));
  if (payload.length > LONGEST_PAYLOAD) throw tooMuch(payload.length, LONGEST_PAYLOAD);
  const parts = origin === null ? [VERSION, payload] : [VERSION, origin.example, origin.edition, payload];
  return `#${parts.join(".")}`;
}

/** @throws BadLink for anything that `encode` did not make, as far as can be seen without reading the content */
export function parseFragment(fragment: string): EncodedLink {
  const [version = "", ...parts] = fragment.replace(/^#|\.+$/g, "").split(".");
  if (version !== VERSION) throw new BadLink(versionReason(version));
  const payload = parts.at(-1) ?? "";
  if (payload.length > LONGEST_PAYLOAD) throw new BadLink("It is longer than any link that Share makes.");
  return { origin: originOf(parts.slice(0, -1)), payload };
}

function originOf(parts: readonly string[]): LinkBase | null {
  if (parts.length === 0) return null;
  const [example = "", edition = ""] = parts;
  if (parts.length !== 2) throw new BadLink("It is damaged: it has too many or too few parts.");
  if (!EXAMPLE_NAME.test(example)) throw new BadLink("It names an example that cannot be.");
  if (!EDITION.test(edition)) throw new BadLink("It names an edition that cannot be.");
  return { example, edition };
}

/**
 * @param base the files of the example, in the edition that the link names; empty for code without one
 * @throws BadLink for anything that `encode` did not make
 */
export function decode({ payload }: EncodedLink, base: Files): LinkContent {
  return validate(parseJson(inflatePayload(fromBase64url(payload), base)));
}

/** Without what it need not say. */
function withoutEmptyFiles({ files, ...rest }: LinkContent): object {
  return Object.keys(files).length === 0 ? rest : { ...rest, files };
}

function tooMuch(length: number, most: number): Unshareable {
  const [is, may] = [length, most].map((bytes) => Math.ceil(bytes / 1000).toLocaleString("en"));
  return new Unshareable(`This is too much for a link: ${is} kB, where ${may} kB fit. Smaller data files would help.`);
}

function versionReason(version: string): string {
  return /^v\d+$/.test(version)
    ? `It was made by a newer Headwater (${version.slice(0, 20)}); this page knows ${VERSION}.`
    : "It does not begin as links to code do.";
}

function inflatePayload(bytes: Uint8Array, base: Files): Uint8Array {
  try {
    return inflate(bytes, dictionaryFor(base), LARGEST_CONTENT);
  } catch (error) {
    if (error instanceof TooLarge) throw new BadLink("It unfolds to more than a page of code can be.");
    if (error instanceof WrongDictionary) {
      throw new BadLink("It was made by another version of Headwater, with a dictionary that this page does not have.");
    }
    if (error instanceof BadZlib) throw new BadLink("It is damaged: a part may have been lost when it was copied.");
    throw error;
  }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new BadLink("It is damaged: what it holds cannot be read.");
  }
}

function validate(content: unknown): LinkContent {
  const result = v.safeParse(LinkContent, content, { abortEarly: true });
  if (result.success) return result.output;
  throw new BadLink(`It holds something else than a dataflow. ${reasonOf(result.issues)}`);
}

function reasonOf([issue]: [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): string {
  const where = v.getDotPath(issue);
  return where === null ? issue.message : `${issue.message} (${where})`;
}

function base64url(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function fromBase64url(text: string): Uint8Array {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) throw new BadLink("It is damaged: it holds characters that no link has.");
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    throw new BadLink("It is damaged: its length cannot be.");
  }
}
