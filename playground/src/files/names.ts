/** What a file of a dataflow may be called: the rule for the visitor's own files and for those that come with a link. */

import type { Files } from "../protocol.ts";

export const MOST_FILES = 40;
export const LONGEST_NAME = 100;
/** No folders, nothing hidden. */
export const FILE_NAME = /^[\p{L}\p{N}_][\p{L}\p{N}_ .-]*$/u;

const MODULE_NAME = /^[\p{L}_][\p{L}\p{N}_]*\.py$/u;

/** Why a file cannot have a name, in a sentence; null if it can. */
export function nameRefusal(name: string, files: Files): string | null {
  if (name === "") return "A file needs a name.";
  if (name.length > LONGEST_NAME) return `A name has at most ${LONGEST_NAME} characters.`;
  if (!FILE_NAME.test(name))
    return "A name has letters, digits, spaces, dots, - and _, and begins with a letter or digit.";
  if (!name.includes(".")) return "The ending says what it is: .py for a module, .csv, .json or .txt for data.";
  if (name.endsWith(".py") && !MODULE_NAME.test(name))
    return "A module has a name that can be imported, like daily_costs.py.";
  if (Object.keys(files).some((other) => other.toLowerCase() === name.toLowerCase()))
    return `There is a file ${name} already.`;
  return null;
}
