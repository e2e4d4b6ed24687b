/** What a link says of files: those of an example only as far as they differ. */

import { own } from "../own.ts";
import type { Files } from "../protocol.ts";
import { BadLink } from "./bad-link.ts";
import { isInDictionary } from "./dictionary.ts";
import type { Shared, Splice } from "./shared.ts";

type Changes = Pick<Shared, "files" | "spliced">;

/** @param base the files of the example; empty for code without one */
export function changes(base: Files, files: Files): Changes {
  const written: Shared["files"] = {};
  const spliced: Record<string, Splice> = {};
  for (const [name, text] of Object.entries(files)) {
    const before = own(base, name);
    if (before === text) continue;
    if (before === undefined || isInDictionary(name)) written[name] = text;
    else spliced[name] = splice(before, text);
  }
  for (const name of Object.keys(base)) {
    if (!(name in files)) written[name] = null;
  }
  return { files: written, ...(Object.keys(spliced).length === 0 ? {} : { spliced }) };
}

/**
 * The files of a link: those of its example, with the changes made to them.
 *
 * @param base the files of the example, in the edition that the link names; empty for code without one
 * @throws BadLink if the changes do not fit them, or nothing is left
 */
export function applied(base: Files, { files: written, spliced = {} }: Changes): Files {
  const files: Files = { ...base };
  for (const [name, text] of Object.entries(written)) {
    if (text === null) delete files[name];
    else files[name] = text;
  }
  for (const [name, [head, tail, text]] of Object.entries(spliced)) {
    const before = own(base, name);
    if (before === undefined || head + tail > before.length)
      throw new BadLink(`It holds changes to ${name} of another text.`);
    files[name] = before.slice(0, head) + text + before.slice(before.length - tail);
  }
  if (Object.keys(files).length === 0) throw new BadLink("It holds no file.");
  return files;
}

function splice(before: string, after: string): Splice {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  return [head, tail, after.slice(head, after.length - tail)];
}
