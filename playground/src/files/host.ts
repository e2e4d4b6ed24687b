/** Access to the files in a dataflow, and to notices about them. */

import type { Files } from "../protocol.ts";

export interface FilesHost {
  files(): Files;
  active(): string;
  change(files: Files, active: string): void;
  /** Show a notice in one sentence, with an Undo button after a deletion. */
  notify(message: string, canUndo?: boolean): void;
}
