/** The records of a learner's steps, as stored in the browser and in files, and a function that merges two sets. */

import * as v from "valibot";
import { getOwn } from "../get-own.ts";

/** Milliseconds since 1970. Missing in progress that was saved before times were recorded. */
const time = v.exactOptional(v.pipe(v.number(), v.finite(), v.minValue(0)));

/** Rejects lists, which valibot accepts as records. */
const notList = v.custom<object>((value) => !Array.isArray(value));

const texts = v.pipe(notList, v.record(v.string(), v.string()));

const stepRecord = v.object({
  /** The digest of the step when it was done. */
  done: v.exactOptional(v.string()),
  doneAt: time,
  /** The files that the learner changed. */
  code: v.exactOptional(texts),
  /** The inputs, config values and overrides that the learner entered for the code. */
  values: v.exactOptional(v.object({ inputs: texts, config: texts, overrides: texts })),
  /** The time at which the learner last changed the code or the values. */
  codeAt: time,
  /** The learner's answer to a step without code: the names of the picked nodes, or the texts of the chosen answers. */
  answer: v.exactOptional(v.array(v.string())),
  /** The time at which the learner last changed the answer. */
  answerAt: time,
});

export const stepRecords = v.pipe(notList, v.record(v.string(), stepRecord));

export type StepRecord = v.InferOutput<typeof stepRecord>;
/** The records, keyed by the name of the step. */
export type StepRecords = Readonly<Record<string, StepRecord>>;

export interface Merge {
  records: StepRecords;
  /** The steps that only the added records mark as done. */
  newlyDone: string[];
  /** The steps whose code was added or replaced. */
  newCode: string[];
  /** The steps whose answer was added or replaced. */
  newAnswers: string[];
}

/** Return the time of the latest change to a step. */
export function touchedAt({ doneAt = 0, codeAt = 0, answerAt = 0 }: StepRecord): number {
  return Math.max(doneAt, codeAt, answerAt);
}

/** Merge records: a step that is done in either record is done, and the newer code and the newer answer are kept. */
export function mergeRecords(current: StepRecords, added: StepRecords): Merge {
  const records: Record<string, StepRecord> = { ...current };
  const newlyDone: string[] = [];
  const newCode: string[] = [];
  const newAnswers: string[] = [];
  for (const [name, other] of Object.entries(added)) {
    const own = getOwn(current, name) ?? {};
    if (other.done !== undefined && own.done === undefined) newlyDone.push(name);
    const codeFrom = hasNewer(own.code, own.codeAt, other.code, other.codeAt) ? other : own;
    const doneFrom = hasNewer(own.done, own.doneAt, other.done, other.doneAt) ? other : own;
    if (codeFrom === other && !hasSameCode(own, other)) newCode.push(name);
    const answerFrom = hasNewer(own.answer, own.answerAt, other.answer, other.answerAt) ? other : own;
    if (answerFrom === other && JSON.stringify(own.answer) !== JSON.stringify(other.answer)) newAnswers.push(name);
    records[name] = {
      ...pick(doneFrom, "done", "doneAt"),
      ...pick(codeFrom, "code", "values", "codeAt"),
      ...pick(answerFrom, "answer", "answerAt"),
    };
  }
  return { records, newlyDone, newCode, newAnswers };
}

function hasSameCode(own: StepRecord, other: StepRecord): boolean {
  return JSON.stringify([own.code, own.values]) === JSON.stringify([other.code, other.values]);
}

function hasNewer(own: unknown, ownAt: number | undefined, other: unknown, otherAt: number | undefined): boolean {
  if (other === undefined) return false;
  return own === undefined || (otherAt ?? 0) > (ownAt ?? 0);
}

function pick(record: StepRecord, ...keys: (keyof StepRecord)[]): StepRecord {
  return Object.fromEntries(keys.filter((key) => record[key] !== undefined).map((key) => [key, record[key]]));
}
