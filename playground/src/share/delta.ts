/** What differs between an example and the files made from it: a link to a changed example holds only that. */

import type { Example } from "../example.ts";
import type { Files } from "../protocol.ts";
import { BadLink, type Shared } from "./codec.ts";
import { fits, type Patch, patched, patchOf } from "./patch.ts";

type Changes = Pick<Shared, "files" | "patches"> & { example?: string };

export async function changes(example: Example | null, files: Files): Promise<Changes> {
  if (example === null) return { files: { ...files } };
  const { differences } = await import("./differences.ts");
  const whole: Shared["files"] = {};
  const patches: Record<string, Patch> = {};
  for (const [name, text] of Object.entries(files)) {
    const base = example.files[name];
    if (base === text) continue;
    const splices = base === undefined ? null : differences(base, text);
    const patch = base === undefined || splices === null ? null : patchOf(base, splices);
    if (patch !== null && JSON.stringify(patch).length < text.length) patches[name] = patch;
    else whole[name] = text;
  }
  for (const name of Object.keys(example.files)) {
    if (!(name in files)) whole[name] = null;
  }
  return { example: example.name, files: whole, ...(Object.keys(patches).length === 0 ? {} : { patches }) };
}

/**
 * The files of a link: those of its example, with the changes made to them.
 *
 * @throws BadLink if the example is not the one that was changed, or nothing is left
 */
export function applied(example: Example | null, shared: Shared): Files {
  const files: Files = { ...example?.files };
  for (const [name, text] of Object.entries(shared.files)) {
    if (text === null) delete files[name];
    else files[name] = text;
  }
  for (const [name, patch] of Object.entries(shared.patches ?? {})) {
    const base = example?.files[name];
    if (base === undefined || !fits(base, patch)) throw new BadLink(changedSince(name, example, shared.engine));
    files[name] = patched(base, patch);
  }
  if (Object.keys(files).length === 0) throw new BadLink("It holds no file.");
  return files;
}

function changedSince(name: string, example: Example | null, engine: string | undefined): string {
  const title = example === null ? "an example" : `“${example.title}”`;
  const by = engine === undefined ? "" : ` It was made with Headwater ${engine}.`;
  return `It holds changes to ${name} of ${title} as it was once; the one on this page reads otherwise.${by}`;
}
