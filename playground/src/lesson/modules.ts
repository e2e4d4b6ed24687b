/** The modules among the files of a dataflow; all other files contain data. */

import type { Files } from "../protocol.ts";

export function modulesOf(files: Files): Files {
  return Object.fromEntries(Object.entries(files).filter(([name]) => name.endsWith(".py")));
}
