/**
 * The zlib format with a preset dictionary (RFC 1950, RFC 1951), which browsers' compression streams do not support.
 *
 * With the wrong dictionary, inflate returns wrong text without an error. Therefore, this module verifies both checksums of the
 * format: the dictionary's checksum before inflating, and the content's checksum afterwards.
 */

import { Unzlib, Zlib } from "fflate";

/** The sizes of the header and of a checksum, in bytes. The dictionary's checksum follows the header. */
const [HEADER, CHECKSUM] = [2, 4];
const HAS_DICTIONARY = 0x20;
/** Content is compressed in pieces of this many bytes, with a pause after each piece. */
const PIECE = 64 * 1024;
/**
 * The size of the pieces to inflate, in bytes. One byte inflates to at most about a thousand bytes, so after each small piece,
 * `inflate` can detect content that is too large.
 */
const SMALL_PIECE = 1024;

/** The bytes are damaged, or were compressed with a different dictionary. */
export class BadZlib extends Error {
  override readonly name = "BadZlib";
}

/** The bytes were compressed with a different dictionary. */
export class WrongDictionary extends BadZlib {}

/** The content exceeds the allowed size. */
export class TooLarge extends BadZlib {}

/** @param pause is awaited after each piece, to keep the page responsive */
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
 * @param most the maximum size of the inflated content, in bytes
 * @throws BadZlib if the bytes are not a complete zlib stream with this dictionary or without a dictionary
 */
export function inflate(bytes: Uint8Array, dictionary: Uint8Array, most: number): Uint8Array {
  const content = concatenate(inflateParts(bytes, requiredDictionary(bytes, dictionary), most));
  if (adler32(content) !== numberAt(bytes, bytes.length - CHECKSUM)) throw new BadZlib("The checksum does not match.");
  return content;
}

function requiredDictionary(bytes: Uint8Array, dictionary: Uint8Array): Uint8Array | undefined {
  if (bytes.length < HEADER + CHECKSUM) throw new BadZlib("The end of the data is missing.");
  if (((bytes[1] ?? 0) & HAS_DICTIONARY) === 0) return undefined;
  if (numberAt(bytes, HEADER) !== adler32(dictionary)) {
    throw new WrongDictionary("The data was compressed with a different dictionary.");
  }
  return dictionary;
}

function inflateParts(bytes: Uint8Array, dictionary: Uint8Array | undefined, most: number): Uint8Array[] {
  const parts: Uint8Array[] = [];
  let size = 0;
  const stream = new Unzlib(dictionary === undefined ? {} : { dictionary }, (part) => {
    size += part.length;
    if (size > most) throw new TooLarge("The content is too large.");
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
  const bytes = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
