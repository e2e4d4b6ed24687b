/** Files from the visitor's disk: text, of a size that the page can hold, under a name that a file of a dataflow can have. */

import type { Files } from "../protocol.ts";
import { escapeInvisible } from "../special-characters.ts";
import { type DecodedText, detectEncoding } from "./encodings.ts";
import { MAX_FILES, nameRefusal } from "./names.ts";

/** Of all files together, in bytes: more could not be sent with a link. */
export const MAX_BYTES = 2_000_000;
/** Of UTF-16, half of the bytes may go. */
const MAX_BYTES_TO_READ = 2 * MAX_BYTES + 2;

export interface FileImport {
  files: Files;
  /** The names of the files that were taken in. */
  addedNames: string[];
  /** Why others were not, in sentences. */
  refusals: string[];
  /** Those that are not in UTF-8, by name: the visitor may know better what they are in. */
  detected: Record<string, DetectedFile>;
}

/** A file whose encoding was recognized from its bytes alone. */
export interface DetectedFile extends DecodedText {
  bytes: Uint8Array<ArrayBuffer>;
}

/** What of the visitor's file is needed here. */
export type DiskFile = Pick<File, "name" | "size" | "arrayBuffer">;

/** Files that are never text. Windows-1252 gives nearly every byte a meaning, so short ones could pass for it. */
const BINARY = new RegExp(
  String.raw`\.(?:png|jpe?g|gif|webp|bmp|ico|tiff?|pdf|zip|gz|bz2|xz|zst|7z|rar|tar|xlsx?|xlsm|docx?|pptx?|ods|odt|parquet|` +
    "feather|arrow|avro|orc|pickle|pkl|pyc|npy|npz|h5|hdf5|sqlite3?|db|exe|dll|so|wasm|mp[34]|wav|woff2?|ttf|otf)$",
  "i",
);

export async function importFiles(files: Files, diskFiles: readonly DiskFile[]): Promise<FileImport> {
  const result: FileImport = { files, addedNames: [], refusals: [], detected: {} };
  for (const file of diskFiles) {
    const name = file.name.normalize("NFC"); // some disks keep accents apart from their letters
    const refusal = nameError(name, result.files) ?? (await addContent(file, name, result));
    if (refusal !== null) result.refusals.push(refusal);
  }
  return result;
}

function nameError(name: string, files: Files): string | null {
  const refusal = nameRefusal(name, files);
  if (refusal !== null) return `${escapeInvisible(name)} was not added. ${refusal}`;
  if (Object.keys(files).length < MAX_FILES) return null;
  return `${name} was not added. A dataflow has at most ${MAX_FILES} files.`;
}

/** Takes a file in, or says why not. */
async function addContent(file: DiskFile, name: string, intake: FileImport): Promise<string | null> {
  const tooLarge = `${name} was not added. The files of a dataflow have at most ${MAX_BYTES / 1e6} MB together.`;
  if (file.size > MAX_BYTES_TO_READ) return tooLarge;
  const bytes = await bytesOf(file);
  if (bytes === null) return `${name} was not added: the browser could not read it. Is it a folder, or was it moved?`;
  const decoded = detectEncoding(bytes);
  if (decoded === null || (decoded.encoding !== "utf-8" && BINARY.test(name))) return `${name} is not text.`;
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
