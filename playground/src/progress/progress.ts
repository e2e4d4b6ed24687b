/**
 * Reads and writes the lesson progress that this browser stores: the steps that are done, and the learner's code and answers.
 */

import * as v from "valibot";
import { getOwn } from "../get-own.ts";
import type { FieldTexts, Files } from "../protocol.ts";
import { type Merge, mergeRecords, type StepRecord, type StepRecords, stepRecords } from "./step-records.ts";

export type StepStatus = "open" | "done" | "stale";

const KEY = "headwater-lesson";
const NO_TEXTS: FieldTexts = { inputs: {}, config: {}, overrides: {} };

/** Return the status of a step. If a step has changed since it was done, it is stale. */
export function stepStatus(name: string, digest: string): StepStatus {
  const done = getOwn(allProgress(), name)?.done;
  if (done === undefined) return "open";
  return done === digest ? "done" : "stale";
}

/**
 * Mark a step as done.
 *
 * @returns false if storage is blocked
 */
export function markDone(name: string, digest: string): boolean {
  return update(name, { done: digest, doneAt: Date.now() });
}

/** Return the code saved for a step, even if the step has changed since; null if no code is saved. */
export function savedCode(name: string): Files | null {
  return getOwn(allProgress(), name)?.code ?? null;
}

/** Return the inputs, config values and overrides saved for a step; null if none are saved. */
export function savedValues(name: string): FieldTexts | null {
  return getOwn(allProgress(), name)?.values ?? null;
}

/**
 * Save the files that the learner changed, and the values that the learner entered.
 *
 * @returns false if storage is blocked
 */
export function saveCode(name: string, code: Files, values: FieldTexts = NO_TEXTS): boolean {
  const before = JSON.stringify([savedCode(name), savedValues(name) ?? NO_TEXTS]);
  if (before === JSON.stringify([code, values])) return true;
  return update(name, { code, values, codeAt: Date.now() });
}

/** Return the answer saved for a step without code: names of nodes, or texts of choices. */
export function savedAnswer(name: string): readonly string[] {
  return getOwn(allProgress(), name)?.answer ?? [];
}

/** @returns false if storage is blocked */
export function saveAnswer(name: string, answer: readonly string[]): boolean {
  if (JSON.stringify(savedAnswer(name)) === JSON.stringify(answer)) return true;
  return update(name, { answer: [...answer], answerAt: Date.now() });
}

/** Copy the progress stored under a step's former name, unless the step already has progress under its current name. */
export function adoptFormer(name: string, former: string): void {
  const all = allProgress();
  const record = getOwn(all, former);
  if (record !== undefined && getOwn(all, name) === undefined) write({ ...all, [name]: record });
}

/** Return the progress in all steps. Invalid data and blocked storage are treated as no progress. */
export function allProgress(): StepRecords {
  try {
    return v.parse(stepRecords, JSON.parse(localStorage.getItem(KEY) ?? "{}"));
  } catch {
    return {};
  }
}

/**
 * Add progress that was saved earlier or in another browser.
 *
 * @returns what was added; null if storage is blocked or full, in which case nothing has changed
 */
export function addProgress(others: StepRecords): Merge | null {
  const merge = mergeRecords(allProgress(), others);
  return write(merge.records) ? merge : null;
}

/**
 * Delete all progress in these steps.
 *
 * @returns false if storage is blocked
 */
export function forgetProgress(names: readonly string[]): boolean {
  const forgotten = new Set(names);
  return write(Object.fromEntries(Object.entries(allProgress()).filter(([name]) => !forgotten.has(name))));
}

/** Call `listener` when another tab changes the progress. */
export function watchProgress(listener: () => void, signal: AbortSignal): void {
  addEventListener("storage", ({ key }) => (key === KEY || key === null) && listener(), { signal });
}

function update(name: string, more: StepRecord): boolean {
  const all = allProgress();
  return write({ ...all, [name]: { ...getOwn(all, name), ...more } });
}

function write(all: StepRecords): boolean {
  try {
    localStorage.setItem(KEY, JSON.stringify(all));
    return true;
  } catch {
    return false;
  }
}
