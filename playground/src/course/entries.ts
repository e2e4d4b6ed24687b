/** The lessons and steps of the course, read from the list that the site's build writes. */

import { getOwn } from "../get-own.ts";
import { adoptFormer, allProgress, type StepStatus, stepStatus } from "../progress/progress.ts";
import { touchedAt } from "../progress/step-records.ts";

export interface StepEntry {
  name: string;
  digest: string;
  item: HTMLElement;
  link: HTMLAnchorElement;
}

export interface LessonEntry {
  item: HTMLElement;
  title: string;
  url: string;
  steps: StepEntry[];
}

/** Read the lessons from the list. Move progress that is stored under a step's former name to the step's current name. */
export function readLessons(list: ParentNode): LessonEntry[] {
  return [...list.querySelectorAll<HTMLElement>(".hw-lesson")].map((item) => ({
    item,
    title: item.querySelector("a")?.textContent.trim() ?? "",
    url: item.querySelector("a")?.href ?? "",
    steps: [...item.querySelectorAll<HTMLElement>("[data-step]")].flatMap(readStep),
  }));
}

function readStep(item: HTMLElement): StepEntry[] {
  const link = item.querySelector("a");
  const { step: name, digest, formerly } = item.dataset;
  if (link === null || name === undefined || digest === undefined) return [];
  if (formerly !== undefined) adoptFormer(name, formerly);
  return [{ name, digest, item, link }];
}

export function statusOf({ name, digest }: StepEntry): StepStatus {
  return stepStatus(name, digest);
}

/**
 * Return the step to continue with: the first unfinished step, searching from the most recently changed step onward and then
 * from the beginning of the course. Null if no step was started, or if all steps are done.
 */
export function stepToContinue(lessons: readonly LessonEntry[]): StepEntry | null {
  const steps = lessons.flatMap((lesson) => lesson.steps);
  const progress = allProgress();
  const times = steps.map(({ name }) => {
    const record = getOwn(progress, name);
    return record === undefined ? -1 : touchedAt(record);
  });
  const last = times.lastIndexOf(Math.max(-1, ...times));
  if (times[last] === undefined || times[last] < 0) return null;
  const isToDo = (step: StepEntry): boolean => statusOf(step) === "open";
  return steps.slice(last).find(isToDo) ?? steps.find(isToDo) ?? null;
}
