/** The origin of a workspace's code. */

import type { CodeOrigin } from "../runtime/runtime.ts";
import { equalTexts, type Workspace } from "./workspace.ts";

/**
 * Return the origin. Code from a link keeps this origin when the visitor edits it, because the rest of the code still comes
 * from the link.
 */
export function codeOrigin({ untrustedSource, example, files }: Workspace): CodeOrigin {
  if (untrustedSource !== null) return `untrusted ${untrustedSource}`;
  return example !== null && equalTexts(files, example.files) ? "site" : "visitor";
}
