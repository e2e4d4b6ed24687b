/** Validation of file names. */

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

/** Return the reason why a file cannot have this name, in one sentence; null if it can. */
export function nameProblem(name: string, files: Files): string | null {
  if (name === "") return "Enter a file name.";
  if (name.length > MAX_NAME_LENGTH) return `A file name can have at most ${MAX_NAME_LENGTH} characters.`;
  if (byteLength(name) > MAX_NAME_BYTES)
    return `A file name can have at most ${MAX_NAME_BYTES} bytes; this one has ${byteLength(name)}.`;
  if (!isFileName(name))
    return 'A file name cannot contain / \\ : < > " | ? * or invisible characters, start with a dot, a space, - or ~, or end with a dot or a space.';
  if (!name.includes(".")) return "Add an extension: .py for a module; .csv, .json or .txt for data.";
  if (hasModuleExtension(name) && !isModuleName(name))
    return `A module name can contain only letters, digits and _, and cannot start with a digit. Try ${importableName(name)}.`;
  if (Object.keys(files).some((other) => normalized(other) === normalized(name)))
    return `A file named ${name} already exists.`;
  return null;
}

/** Return a similar name that Python can import. */
function importableName(name: string): string {
  const stem = name
    .slice(0, -".py".length)
    .replace(/[^\p{L}\p{N}_]+/gu, "_")
    .replace(/^_+|_+$/g, "");
  if (stem === "") return "daily_costs.py";
  return /^\p{N}/u.test(stem) ? `flow_${stem}.py` : `${stem}.py`;
}

/** Return a key that is equal for names that refer to the same file on some systems. */
function normalized(name: string): string {
  return name.normalize("NFC").toLowerCase();
}
