/** Selects the modules among a dataflow's files. All other files contain data. */

import type { Files } from "../protocol.ts";

export function modulesOf(files: Files): Files {
  return Object.fromEntries(Object.entries(files).filter(([name]) => name.endsWith(".py")));
}
