/** The files in a link. For an example's files, the link contains only the changes. */

import { diffLines } from "diff";
import { getOwn } from "../get-own.ts";
import type { Files } from "../protocol.ts";
import { BadLink } from "./bad-link.ts";
import { isInDictionary } from "./dictionary.ts";
import { type LinkContent, MAX_SPLICES, type Splices } from "./link-content.ts";

/** Files shorter than this are not searched for common lines. */
const MIN_DIFF_LENGTH = 200;

type FileChanges = Pick<LinkContent, "files" | "spliced">;

/** @param base the files of the example; empty for code without an example */
export function diffFiles(base: Files, files: Files): FileChanges {
  const changed: LinkContent["files"] = {};
  const spliced: Record<string, Splices> = {};
  for (const [name, text] of Object.entries(files)) {
    const before = getOwn(base, name);
    if (before === text) continue;
    if (before === undefined || isInDictionary(name)) changed[name] = text;
    else spliced[name] = diffText(before, text);
  }
  for (const name of Object.keys(base)) {
    if (!(name in files)) changed[name] = null;
  }
  return { files: changed, ...(Object.keys(spliced).length === 0 ? {} : { spliced }) };
}

/**
 * Return a link's files: its example's files, with the changes applied.
 *
 * @param base the files of the example, in the edition that the link names; empty for code without an example
 * @throws BadLink if the changes cannot be applied to these files, or no file is left
 */
export function applyChanges(base: Files, { files: changed, spliced = {} }: FileChanges): Files {
  const files: Files = { ...base };
  for (const [name, text] of Object.entries(changed)) {
    if (text === null) delete files[name];
    else files[name] = text;
  }
  for (const [name, parts] of Object.entries(spliced)) {
    const before = getOwn(base, name);
    const covered = parts.reduce((sum, [keep, drop]) => sum + keep + drop, 0);
    if (before === undefined || covered > before.length)
      throw new BadLink(`Its changes to ${name} cannot be applied to the example.`);
    files[name] = applySplices(before, parts);
  }
  if (Object.keys(files).length === 0) throw new BadLink("It contains no files.");
  return files;
}

function applySplices(before: string, parts: Splices): string {
  let text = "";
  let at = 0;
  for (const [keep, drop, inserted] of parts) {
    text += before.slice(at, at + keep) + inserted;
    at += keep + drop;
  }
  return text + before.slice(at);
}

/**
 * Return the splices between two strings. The common prefix and suffix are skipped first, because most edits are in one place.
 */
function diffText(before: string, after: string): Splices {
  const maxLength = Math.min(before.length, after.length);
  let head = 0;
  while (head < maxLength && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < maxLength - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const [removed, inserted] = [before.slice(head, before.length - tail), after.slice(head, after.length - tail)];
  const byLine = removed.length < MIN_DIFF_LENGTH ? null : diffByLine(removed, inserted);
  const [first, ...rest] = byLine ?? [[0, removed.length, inserted] as const];
  return first === undefined
    ? []
    : [[head + first[0], first[1], first[2]], ...rest.map((splice): Splices[number] => [...splice])];
}

/** Return the splices between two strings, line by line; null if there are too many. */
function diffByLine(before: string, after: string): Splices | null {
  const parts = diffLines(before, after, { maxEditLength: 2 * MAX_SPLICES });
  if (parts === undefined) return null;
  const splices: Splices = [];
  let keep = 0;
  let last: Splices[number] | null = null;
  for (const { value, added, removed } of parts) {
    if (!added && !removed) {
      keep += value.length;
      last = null;
    } else {
      if (last === null) {
        last = [keep, 0, ""];
        splices.push(last);
        keep = 0;
      }
      if (added) last[2] += value;
      else last[1] += value.length;
    }
  }
  return splices.length > MAX_SPLICES ? null : splices;
}
