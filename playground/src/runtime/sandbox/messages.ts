/** Messages from the page to the sandboxed frame. Python answers with JSON text: a `Reply`, untrusted until validated. */

import type { Request } from "../../protocol.ts";
import type { FileStage } from "../manifest.ts";

export interface ExpectedFile {
  name: string;
  stage: FileStage;
}

/** Settings inserted into the frame's document. The worker, which runs untrusted code, never receives the secret. */
export interface FrameSettings {
  /** Proves to the page that a message comes from the document it created. */
  secret: string;
  /** The origin of the page, the only one that may receive the secret. */
  page: string;
  workerSource: string;
}

/** A message to the worker. */
export type WorkerMessage =
  /** The files that will arrive; sent first. */
  | { kind: "expect"; files: ExpectedFile[] }
  /** A package that the visitor has fetched. */
  | { kind: "wheel"; bytes: ArrayBuffer }
  | { kind: "request"; request: Request };

/** A file for the frame's document, which reads it for the worker: otherwise, the page would copy it to another process. */
export interface FileBlob {
  name: string;
  blob: Blob;
}

/** The content of a file, from the document to the worker. */
export interface FileBytes {
  name: string;
  bytes: ArrayBuffer;
}

/** A message that the document could not read a file, because the browser has deleted it. */
export interface UnreadableFile {
  name: string;
}
