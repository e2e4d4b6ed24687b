/** What the page sends into the sealed worker. What comes back is JSON text: a `Reply`, believed only once validated. */

import type { Request } from "../../protocol.ts";
import type { FileStage } from "../manifest.ts";

export interface ExpectedFile {
  name: string;
  stage: FileStage;
}

export type Delivery =
  /** First of all: the files that will come. */
  | { kind: "expect"; files: ExpectedFile[] }
  | { kind: "file"; name: string; bytes: ArrayBuffer }
  /** A package that the visitor had fetched. */
  | { kind: "wheel"; bytes: ArrayBuffer }
  | { kind: "ask"; request: Request };
