/** Import of files from the visitor's disk: checks their names and size, and decodes their text. */

import type { Files } from "../protocol.ts";
import { escapeInvisible } from "../special-characters.ts";
import { type DecodedText, detectEncoding } from "./encodings.ts";
import { MAX_FILES, nameProblem } from "./names.ts";

/** The limit for all files together, in bytes. Larger files would not fit in a link. */
export const MAX_BYTES = 2_000_000;
/** Text in UTF-16 may be half as large once it is converted to UTF-8. */
const MAX_BYTES_TO_READ = 2 * MAX_BYTES + 2;

export interface FileImport {
  files: Files;
  addedNames: string[];
  /** The reasons why other files were not added, one sentence each. */
  refusals: string[];
  /** The files that are not in UTF-8, keyed by name. The visitor can correct their encoding. */
  detected: Record<string, DetectedFile>;
}

/** A file whose encoding was detected from its bytes. */
export interface DetectedFile extends DecodedText {
  bytes: Uint8Array<ArrayBuffer>;
}

/** The part of a `File` that this module uses. */
export type DiskFile = Pick<File, "name" | "size" | "arrayBuffer">;

/** Extensions of binary files. Nearly all bytes are valid in Windows-1252, so short binary files could be mistaken for text. */
const BINARY = new RegExp(
  String.raw`\.(?:png|jpe?g|gif|webp|bmp|ico|tiff?|pdf|zip|gz|bz2|xz|zst|7z|rar|tar|xlsx?|xlsm|docx?|pptx?|ods|odt|parquet|` +
    "feather|arrow|avro|orc|pickle|pkl|pyc|npy|npz|h5|hdf5|sqlite3?|db|exe|dll|so|wasm|mp[34]|wav|woff2?|ttf|otf)$",
  "i",
);

export async function importFiles(files: Files, diskFiles: readonly DiskFile[]): Promise<FileImport> {
  const result: FileImport = { files, addedNames: [], refusals: [], detected: {} };
  for (const file of diskFiles) {
    const name = file.name.normalize("NFC"); // composed, because some file systems store accents as separate characters
    const refusal = nameError(name, result.files) ?? (await addContent(file, name, result));
    if (refusal !== null) result.refusals.push(refusal);
  }
  return result;
}

function nameError(name: string, files: Files): string | null {
  const refusal = nameProblem(name, files);
  if (refusal !== null) return `${escapeInvisible(name)} was not added. ${refusal}`;
  if (Object.keys(files).length < MAX_FILES) return null;
  return `${name} was not added. A dataflow can have at most ${MAX_FILES} files.`;
}

/** Add a file. If it is refused, return the reason. */
async function addContent(file: DiskFile, name: string, intake: FileImport): Promise<string | null> {
  const tooLarge = `${name} was not added. The files in a dataflow can take up at most ${MAX_BYTES / 1e6} MB.`;
  if (file.size > MAX_BYTES_TO_READ) return tooLarge;
  const bytes = await bytesOf(file);
  if (bytes === null)
    return `${name} was not added: the browser could not read it. It may be a folder or may have been moved.`;
  const decoded = detectEncoding(bytes);
  if (decoded === null || (decoded.encoding !== "utf-8" && BINARY.test(name)))
    return `${name} was not added: it is not a text file.`;
  const currentSize = Object.values(intake.files).reduce((sum, text) => sum + sizeOf(text), 0);
  if (currentSize + sizeOf(decoded.text) > MAX_BYTES) return tooLarge;
  intake.files = { ...intake.files, [name]: decoded.text };
  intake.addedNames.push(name);
  if (decoded.encoding !== "utf-8") intake.detected[name] = { ...decoded, bytes };
  return null;
}

async function bytesOf(file: DiskFile): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    return null;
  }
}

function sizeOf(text: string): number {
  return new Blob([text]).size;
}
