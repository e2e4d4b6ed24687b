/** The parts of modules in which they list the packages that they need (PEP 723). `packages/` reads them. */

import type { Files } from "../protocol.ts";

const START = "# /// script";
const BLOCK = /^# \/\/\/ script[ \t\r]*$[\s\S]*?^# \/\/\/[ \t\r]*$/m;

/** Return the text of all blocks; empty if there are none. */
export function scriptBlocks(files: Files): string {
  return Object.entries(files)
    .filter(([name, text]) => name.endsWith(".py") && text.includes(START))
    .map(([, text]) => BLOCK.exec(text)?.[0] ?? "")
    .join("\n");
}
