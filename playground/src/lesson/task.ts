/** The task that the site's build adds to a `<hw-step>`: how the learner answers, the check, and the correct answer. */

import * as v from "valibot";

const files = v.record(v.string(), v.string());
const nodes = v.array(v.string());
const common = {
  /** A digest that changes whenever the step changes. */
  digest: v.string(),
  /** One sentence on why this step matters in practice. */
  matters: v.optional(v.string(), ""),
  /** The next step or lesson; null for the last step of the course. */
  next: v.optional(v.nullable(v.object({ title: v.string(), url: v.string() })), null),
  /** The name under which earlier versions of the site stored the progress. */
  formerly: v.exactOptional(v.string()),
};
const checked = {
  ...common,
  /** Python code with assertions. */
  check: v.string(),
};

const codeTask = v.object({
  ...checked,
  kind: v.picklist(["write", "repair", "refactor", "project", "test"]),
  /** The files that differ from the step's initial files. */
  solution: files,
  /** The inputs, config values and overrides that are part of the solution. */
  values: v.optional(
    v.object({ inputs: v.optional(files, {}), config: v.optional(files, {}), overrides: v.optional(files, {}) }),
  ),
  mutants: v.optional(v.array(v.object({ fault: v.string(), files })), []),
});

const predictTask = v.object({
  ...checked,
  kind: v.literal("predict"),
  answer: nodes,
  /** The files after the edit whose effect the learner predicts. */
  edit: files,
});

const selectTask = v.object({ ...checked, kind: v.literal("select"), answer: nodes });

const chooseTask = v.object({
  ...common,
  kind: v.literal("choose"),
  question: v.string(),
  choices: v.array(v.object({ text: v.string(), correct: v.boolean(), reason: v.string() })),
});

const task = v.variant("kind", [codeTask, predictTask, selectTask, chooseTask]);

export type LessonTask = v.InferOutput<typeof task>;
export type CodeTask = v.InferOutput<typeof codeTask>;
export type PredictTask = v.InferOutput<typeof predictTask>;
export type SelectTask = v.InferOutput<typeof selectTask>;
export type ChooseTask = v.InferOutput<typeof chooseTask>;

/**
 * Read the task of a step.
 *
 * @throws Error if the build has not added one
 */
export function readTask(step: Element): LessonTask {
  return v.parse(task, JSON.parse(step.getAttribute("task") ?? ""));
}
