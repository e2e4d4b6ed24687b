/** Describe the progress that was loaded from a file. */

import type { Merge } from "../progress/step-records.ts";

export function loadedText(name: string, { newlyDone, newCode, newAnswers }: Omit<Merge, "records">): string {
  if ([newlyDone, newCode, newAnswers].every((steps) => steps.length === 0))
    return `This browser already has everything in ${name}.`;
  const parts = [
    newlyDone.length === 0 ? "" : `${stepsText(newlyDone.length)} ${newlyDone.length === 1 ? "is" : "are"} now done`,
    newWorkText(newCode.length, newAnswers.length),
  ];
  return `Loaded ${name}: ${parts.filter((part) => part !== "").join(", and ")}.`;
}

function newWorkText(code: number, answers: number): string {
  if (code + answers === 0) return "";
  const what = answers === 0 ? "code was" : code === 0 ? "answers were" : "code and answers were";
  return `newer ${what} loaded for ${stepsText(code + answers)}`;
}

function stepsText(count: number): string {
  return count === 1 ? "1 step" : `${count} steps`;
}
