/** The preset dictionary for compressing a link: common phrases, and the code of the example on which the link is based. */

// Links refer to the dictionary by its checksum, so changing this file breaks existing links. The command line reads this file
// too.
import PHRASES from "../../../src/headwater/sharing/link_dictionary.json?raw";
import type { Files } from "../protocol.ts";

/** The window size of deflate (RFC 1951). */
const WINDOW = 32_768;

/** @param files the files of the example; the dictionary contains only their code */
export function dictionaryFor(files: Files): Uint8Array {
  const code = Object.keys(files).filter(isInDictionary).sort();
  const texts = code.map((name) => JSON.stringify(files[name]));
  return new TextEncoder().encode(PHRASES + texts.join("")).slice(-WINDOW);
}

/** Return whether the dictionary contains a file. Data files would not fit in deflate's window. */
export function isInDictionary(name: string): boolean {
  return name.endsWith(".py");
}
