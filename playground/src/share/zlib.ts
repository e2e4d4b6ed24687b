/**
 * Bytes deflated in the zlib format with a preset dictionary (RFC 1950, RFC 1951), which browsers' own streams cannot use.
 *
 * A wrong dictionary inflates to a wrong text without an error. So the two checksums of the format are checked here: that of
 * the dictionary, before anything is inflated, and that of the content.
 */

import { Unzlib, Zlib } from "fflate";

/** The header takes two bytes, and names the dictionary in four more where there is one. */
const [HEADER, CHECKSUM] = [2, 4];
const HAS_DICTIONARY = 0x20;
/** Content is deflated in pieces of this size, with a pause after each. */
const PIECE = 64 * 1024;
/** One byte unfolds to a thousand at most: a small piece shows soon whether there is too much. */
const SMALL_PIECE = 1024;

/** The bytes are damaged, or were deflated with another dictionary. */
export class BadZlib extends Error {
  override readonly name = "BadZlib";
}

/** The bytes were deflated with a dictionary that is not the given one. */
export class WrongDictionary extends BadZlib {}

/** There is more content than was allowed. */
export class TooLarge extends BadZlib {}

/** @param pause is awaited after each piece, so that the page can go on meanwhile */
export async function deflate(
  content: Uint8Array,
  dictionary: Uint8Array,
  pause: () => Promise<void>,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  const stream = new Zlib({ level: 9, mem: 9, dictionary }, (part) => parts.push(part));
  for (let at = 0; at === 0 || at < content.length; at += PIECE) {
    stream.push(content.slice(at, at + PIECE), at + PIECE >= content.length);
    await pause();
  }
  return concatenate(parts);
}

/**
 * @param most how many bytes the content may have; nothing is inflated beyond that
 * @throws BadZlib for anything that is not a whole zlib stream, with this dictionary or without any
 */
export function inflate(bytes: Uint8Array, dictionary: Uint8Array, most: number): Uint8Array {
  const content = concatenate(inflateParts(bytes, requiredDictionary(bytes, dictionary), most));
  if (adler32(content) !== numberAt(bytes, bytes.length - CHECKSUM)) throw new BadZlib("The checksum is another.");
  return content;
}

function requiredDictionary(bytes: Uint8Array, dictionary: Uint8Array): Uint8Array | undefined {
  if (bytes.length < HEADER + CHECKSUM) throw new BadZlib("The end is missing.");
  if (((bytes[1] ?? 0) & HAS_DICTIONARY) === 0) return undefined;
  if (numberAt(bytes, HEADER) !== adler32(dictionary)) throw new WrongDictionary("The dictionary is another.");
  return dictionary;
}

function inflateParts(bytes: Uint8Array, dictionary: Uint8Array | undefined, most: number): Uint8Array[] {
  const parts: Uint8Array[] = [];
  let size = 0;
  const stream = new Unzlib(dictionary === undefined ? {} : { dictionary }, (part) => {
    size += part.length;
    if (size > most) throw new TooLarge("There is more content than is allowed.");
    parts.push(part);
  });
  try {
    for (let at = 0; at < bytes.length; at += SMALL_PIECE) {
      stream.push(bytes.slice(at, at + SMALL_PIECE), at + SMALL_PIECE >= bytes.length);
    }
  } catch (error) {
    throw error instanceof BadZlib ? error : new BadZlib(String(error));
  }
  return parts;
}

/** The checksum of RFC 1950. */
export function adler32(bytes: Uint8Array): number {
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return b * 65_536 + a;
}

function numberAt(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at);
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
