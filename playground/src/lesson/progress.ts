/** Progress in lessons, stored in this browser: the steps that are done, and the learner's code. */

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

/** Return the status of a step. If a step has changed since it was done, it is stale. */
export function stepStatus(name: string, digest: string): StepStatus {
  const done = getOwn(read(), name)?.done;
  if (done === undefined) return "open";
  return done === digest ? "done" : "stale";
}

/**
 * Mark a step as done.
 *
 * @returns false if storage is blocked
 */
export function markDone(name: string, digest: string): boolean {
  return update(name, { done: digest });
}

/** Return the code saved for a step, even if the step has changed since; null if no code is saved. */
export function savedCode(name: string): Files | null {
  return getOwn(read(), name)?.code ?? null;
}

/**
 * Save the code of a step.
 *
 * @returns false if storage is blocked
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

/** Read the progress. Invalid data and blocked storage are treated as no progress. */
function read(): Record<string, StepRecord> {
  try {
    return v.parse(steps, JSON.parse(localStorage.getItem(KEY) ?? "{}"));
  } catch {
    return {};
  }
}
