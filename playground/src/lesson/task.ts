/** What the site's build puts into a `<hw-step>`: how the work of a step is looked at, and one way to do it. */

import * as v from "valibot";
import type { Files } from "../protocol.ts";

export interface LessonTask {
  /** Python, which asserts what should hold. */
  check: string;
  /** Those files that differ from the ones that the step begins with. */
  solution: Files;
  /** Another one where the step is another one. */
  digest: string;
}

const task = v.object({
  check: v.string(),
  solution: v.record(v.string(), v.string()),
  digest: v.string(),
});

/** @throws Error where the build has not put it there */
export function readTask(step: Element): LessonTask {
  return v.parse(task, JSON.parse(step.getAttribute("task") ?? ""));
}
