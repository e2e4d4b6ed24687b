/** Files from the visitor's disk: text, of a size that the page can hold, under a name that a file of a dataflow can have. */

import type { Files } from "../protocol.ts";
import { MOST_FILES, nameRefusal } from "./names.ts";

/** Of all files together, in bytes: more could not be sent with a link. */
export const MOST_BYTES = 2_000_000;

export interface Intake {
  files: Files;
  /** The names of the files that were taken in. */
  added: string[];
  /** Why others were not, in sentences. */
  refusals: string[];
}

/** What of the visitor's file is needed here. */
export type Given = Pick<File, "name" | "size" | "arrayBuffer">;

export async function takenIn(files: Files, given: readonly Given[]): Promise<Intake> {
  const intake: Intake = { files, added: [], refusals: [] };
  for (const file of given) {
    const refusal = refusalOf(file, intake.files);
    const text = refusal === null ? textOf(await file.arrayBuffer()) : null;
    if (text === null) intake.refusals.push(refusal ?? `${file.name} is not text.`);
    else {
      intake.files = { ...intake.files, [file.name]: text };
      intake.added.push(file.name);
    }
  }
  return intake;
}

function refusalOf({ name, size }: Given, files: Files): string | null {
  const named = nameRefusal(name, files);
  if (named !== null) return `${name} was not added. ${named}`;
  if (Object.keys(files).length >= MOST_FILES)
    return `${name} was not added. A dataflow has at most ${MOST_FILES} files.`;
  const held = Object.values(files).reduce((sum, text) => sum + new Blob([text]).size, 0);
  if (held + size <= MOST_BYTES) return null;
  return `${name} was not added. The files of a dataflow have at most ${MOST_BYTES / 1e6} MB together.`;
}

/** Null for what is not text in UTF-8. */
function textOf(bytes: ArrayBuffer): string | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes).replaceAll("\r\n", "\n");
    return text.includes("\0") ? null : text;
  } catch {
    return null;
  }
}
