/** What became of the steps of lessons, kept in this browser: which are done, and what was written in them. */

import * as v from "valibot";
import { getOwn } from "../get-own.ts";
import type { Files } from "../protocol.ts";

export type StepStatus = "open" | "done" | "stale";

const KEY = "headwater-lesson";

const texts = v.record(v.string(), v.string());
const steps = v.record(
  v.string(),
  v.object({
    /** The digest that the step had when it was done. */
    done: v.exactOptional(v.string()),
    /** The files that the learner has otherwise than the step began with. */
    code: v.exactOptional(texts),
  }),
);
type StepRecord = v.InferOutput<typeof steps>[string];

/** A step that has changed since has to be done again. */
export function stepStatus(name: string, digest: string): StepStatus {
  const done = getOwn(read(), name)?.done;
  if (done === undefined) return "open";
  return done === digest ? "done" : "stale";
}

/** @returns false where the browser keeps nothing */
export function markDone(name: string, digest: string): boolean {
  return update(name, { done: digest });
}

/** What was written in a step, also one that has changed since; null for nothing. */
export function savedCode(name: string): Files | null {
  return getOwn(read(), name)?.code ?? null;
}

/** @returns false where the browser keeps nothing */
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

/** Whatever else stands there, or a browser that refuses its storage, is no progress. */
function read(): Record<string, StepRecord> {
  try {
    return v.parse(steps, JSON.parse(localStorage.getItem(KEY) ?? "{}"));
  } catch {
    return {};
  }
}
