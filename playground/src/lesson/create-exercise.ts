/** Creates the exercise for each kind of step. */

import type { HwPlayElement } from "../element/hw-play-element.ts";
import { ChooseExercise } from "./choose-exercise.ts";
import { CodeExercise } from "./code-exercise.ts";
import type { Exercise, ExerciseHost } from "./exercise.ts";
import { PredictExercise } from "./predict-exercise.ts";
import { SelectExercise } from "./select-exercise.ts";
import type { LessonTask } from "./task.ts";

/** @throws Error if the step has no player although its task needs one */
export function createExercise(
  name: string,
  task: LessonTask,
  play: HwPlayElement | null,
  host: ExerciseHost,
): Exercise {
  if (task.kind === "choose") return new ChooseExercise(name, task, host);
  if (play === null) throw new Error(`The step ${name} needs an <hw-play>.`);
  if (task.kind === "predict") return new PredictExercise(name, task, play, host);
  if (task.kind === "select") return new SelectExercise(name, task, play, host);
  return new CodeExercise(name, task, play, host);
}
