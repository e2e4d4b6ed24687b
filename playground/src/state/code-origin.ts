/** Whose code a workspace holds. */

import type { CodeOrigin } from "../runtime/runtime.ts";
import { equalTexts, type Workspace } from "./workspace.ts";

/** Code from a link stays that link's when the visitor changes it: the rest of it is still the link's. */
export function codeOrigin({ untrustedSource, example, files }: Workspace): CodeOrigin {
  if (untrustedSource !== null) return `untrusted ${untrustedSource}`;
  return example !== null && equalTexts(files, example.files) ? "site" : "visitor";
}
