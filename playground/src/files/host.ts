/** The files of a dataflow, for those who change them. */

import type { Files } from "../protocol.ts";

export interface FilesHost {
  files(): Files;
  active(): string;
  change(files: Files, active: string): void;
  /** Something to tell, in a sentence; of a deletion, which can be undone, or of what was not done. */
  tell(message: string, canUndo?: boolean): void;
}
