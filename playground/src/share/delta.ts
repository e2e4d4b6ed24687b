/** What differs between an example and the files made from it: a link to a changed example holds only that. */

import type { Example } from "../example.ts";
import type { Files } from "../protocol.ts";
import { BadLink, type Shared } from "./codec.ts";

type Changes = Pick<Shared, "files"> & { example?: string };

export function changes(example: Example | null, files: Files): Changes {
  if (example === null) return { files: { ...files } };
  const changed: Shared["files"] = {};
  for (const [name, text] of Object.entries(files)) {
    if (example.files[name] !== text) changed[name] = text;
  }
  for (const name of Object.keys(example.files)) {
    if (!(name in files)) changed[name] = null;
  }
  return { example: example.name, files: changed };
}

/** The files of a link: those of its example, with the changes made to them. */
export function applied(example: Example | null, shared: Shared): Files {
  const files: Files = { ...example?.files };
  for (const [name, text] of Object.entries(shared.files)) {
    if (text === null) delete files[name];
    else files[name] = text;
  }
  if (Object.keys(files).length === 0) throw new BadLink("It holds no file.");
  return files;
}
