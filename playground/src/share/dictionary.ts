/** The preset dictionary of links: common phrases, and the code of the example that a link changes. */

// Links name the dictionary by its checksum: a change to this file ends every link that was made with it. The command line
// reads the same file.
import PHRASES from "../../../src/headwater/sharing/link_dictionary.json?raw";
import type { Files } from "../protocol.ts";

/** How far back deflate looks (RFC 1951). */
const WINDOW = 32_768;

/** @param files those of the example; only their code is in the dictionary */
export function dictionaryFor(files: Files): Uint8Array {
  const code = Object.keys(files).filter(isInDictionary).sort();
  const said = code.map((name) => JSON.stringify(files[name]));
  return new TextEncoder().encode(PHRASES + said.join("")).slice(-WINDOW);
}

/** Data is longer than deflate can look back. */
export function isInDictionary(name: string): boolean {
  return name.endsWith(".py");
}
