/** Lesson progress as a file that the learner can save and load. */

import * as v from "valibot";
import { type StepRecords, stepRecords } from "./step-records.ts";

export const FILE_NAME = "headwater-progress.json";
const FORMAT = "headwater-progress";
const VERSION = 1;
const MAX_BYTES = 5_000_000;

/** A file that cannot be loaded. The message is shown to the learner. */
export class BadProgressFile extends Error {
  override readonly name = "BadProgressFile";
}

const header = v.object({ format: v.literal(FORMAT), version: v.pipe(v.number(), v.integer(), v.minValue(1)) });
const body = v.object({ steps: stepRecords });

export function progressFile(steps: StepRecords, saved: Date): string {
  return `${JSON.stringify({ format: FORMAT, version: VERSION, saved: saved.toISOString(), steps }, null, 2)}\n`;
}

/**
 * Read a progress file.
 *
 * @throws BadProgressFile if it does not contain progress
 */
export async function readProgressFile(file: Blob): Promise<StepRecords> {
  if (file.size > MAX_BYTES)
    throw new BadProgressFile("It is larger than 5 MB, which is too large for a progress file.");
  return parseProgress(await file.text());
}

/**
 * Parse the text of a progress file.
 *
 * @throws BadProgressFile if it has a different format
 */
export function parseProgress(text: string): StepRecords {
  const content = parseJson(text);
  const head = v.safeParse(header, content);
  if (!head.success) throw new BadProgressFile("It is not a progress file from this site.");
  if (head.output.version > VERSION) {
    throw new BadProgressFile("It was saved by a newer version of this site. Reload the page and try again.");
  }
  const parsed = v.safeParse(body, content);
  if (parsed.success) return parsed.output.steps;
  const [issue] = parsed.issues;
  throw new BadProgressFile(`It is damaged at “${v.getDotPath(issue) ?? "steps"}”.`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BadProgressFile("It is not a JSON file.");
  }
}
