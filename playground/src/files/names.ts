/** What the visitor's own files may be called, and why not. */

import {
  byteLength,
  hasModuleExtension,
  isFileName,
  isModuleName,
  MAX_NAME_BYTES,
  MAX_NAME_LENGTH,
} from "../file-names.ts";
import type { Files } from "../protocol.ts";

export const MAX_FILES = 40;

/** Why a file cannot have a name, in a sentence; null if it can. */
export function nameRefusal(name: string, files: Files): string | null {
  if (name === "") return "A file needs a name.";
  if (name.length > MAX_NAME_LENGTH) return `A name has at most ${MAX_NAME_LENGTH} characters.`;
  if (byteLength(name) > MAX_NAME_BYTES)
    return `A name has at most ${MAX_NAME_BYTES} bytes, and this one has ${byteLength(name)}.`;
  if (!isFileName(name))
    return 'A name has no / \\ : < > " | ? * and no invisible characters. It does not begin with a dot, a space, - or ~, or end with a dot or a space.';
  if (!name.includes(".")) return "The ending says what it is: .py for a module, .csv, .json or .txt for data.";
  if (hasModuleExtension(name) && !isModuleName(name))
    return `A module's name has only letters, digits and _, does not begin with a digit, and ends with .py, like ${importableName(name)}.`;
  if (Object.keys(files).some((other) => normalized(other) === normalized(name)))
    return `There is a file ${name} already.`;
  return null;
}

/** A name like the one given that Python can import. */
function importableName(name: string): string {
  const stem = name
    .slice(0, -".py".length)
    .replace(/[^\p{L}\p{N}_]+/gu, "_")
    .replace(/^_+|_+$/g, "");
  if (stem === "") return "daily_costs.py";
  return /^\p{N}/u.test(stem) ? `flow_${stem}.py` : `${stem}.py`;
}

/** Equal for names that are one file on some systems. */
function normalized(name: string): string {
  return name.normalize("NFC").toLowerCase();
}
