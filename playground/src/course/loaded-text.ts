/** Describe the progress that was loaded from a file. */

import type { Merge } from "../progress/step-records.ts";

export function loadedText(name: string, { newlyDone, newCode }: Pick<Merge, "newlyDone" | "newCode">): string {
  if (newlyDone.length === 0 && newCode.length === 0) return `This browser already has everything in ${name}.`;
  const parts = [
    newlyDone.length === 0 ? "" : `${stepsText(newlyDone.length)} ${newlyDone.length === 1 ? "is" : "are"} now done`,
    newCode.length === 0 ? "" : `newer code was loaded for ${stepsText(newCode.length)}`,
  ];
  return `Loaded ${name}: ${parts.filter((part) => part !== "").join(", and ")}.`;
}

function stepsText(count: number): string {
  return count === 1 ? "1 step" : `${count} steps`;
}
