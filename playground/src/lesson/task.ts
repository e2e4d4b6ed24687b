/** The task that the site's build adds to a `<hw-step>`: a check and a solution. */

import * as v from "valibot";
import type { Files } from "../protocol.ts";

export interface LessonTask {
  /** Python code with assertions. */
  check: string;
  /** The files that differ from the step's initial ones. */
  solution: Files;
  /** A digest that changes whenever the step changes. */
  digest: string;
}

const task = v.object({
  check: v.string(),
  solution: v.record(v.string(), v.string()),
  digest: v.string(),
});

/**
 * Read the task of a step.
 *
 * @throws Error if the build has not added one
 */
export function readTask(step: Element): LessonTask {
  return v.parse(task, JSON.parse(step.getAttribute("task") ?? ""));
}
