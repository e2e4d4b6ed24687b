/** Progress in lessons, stored in this browser: which steps are done, and the code written in them. */

import * as v from "valibot";
import { getOwn } from "../get-own.ts";
import type { Files } from "../protocol.ts";

export type StepStatus = "open" | "done" | "stale";

const KEY = "headwater-lesson";

const texts = v.record(v.string(), v.string());
const steps = v.record(
  v.string(),
  v.object({
    /** The digest of the step when it was done. */
    done: v.exactOptional(v.string()),
    /** The files that the learner changed. */
    code: v.exactOptional(texts),
  }),
);
type StepRecord = v.InferOutput<typeof steps>[string];

/** Return the status of a step. A step that changed after it was done is stale. */
export function stepStatus(name: string, digest: string): StepStatus {
  const done = getOwn(read(), name)?.done;
  if (done === undefined) return "open";
  return done === digest ? "done" : "stale";
}

/**
 * Mark a step as done.
 *
 * @returns false if the browser refuses storage
 */
export function markDone(name: string, digest: string): boolean {
  return update(name, { done: digest });
}

/** Return the code saved for a step, even one that has changed since; null if there is none. */
export function savedCode(name: string): Files | null {
  return getOwn(read(), name)?.code ?? null;
}

/**
 * Save the code of a step.
 *
 * @returns false if the browser refuses storage
 */
export function saveCode(name: string, code: Files): boolean {
  return update(name, { code });
}

function update(name: string, more: StepRecord): boolean {
  const all = read();
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...all, [name]: { ...getOwn(all, name), ...more } }));
    return true;
  } catch {
    return false;
  }
}

/** Read the progress; invalid data and refused storage count as no progress. */
function read(): Record<string, StepRecord> {
  try {
    return v.parse(steps, JSON.parse(localStorage.getItem(KEY) ?? "{}"));
  } catch {
    return {};
  }
}
