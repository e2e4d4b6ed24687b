/** What the page sends into the sealed frame. What comes back from Python is JSON text: a `Reply`, believed only once validated. */

import type { Request } from "../../protocol.ts";
import type { FileStage } from "../manifest.ts";

export interface ExpectedFile {
  name: string;
  stage: FileStage;
}

/** Written into the frame's document. The worker, where untrusted code runs, never gets the secret. */
export interface FrameSettings {
  /** Proves to the page that it hears the document that it wrote. */
  secret: string;
  /** The page's origin: the only one that may receive the secret. */
  page: string;
  workerSource: string;
}

/** To the worker. */
export type WorkerMessage =
  /** First of all: the files that will come. */
  | { kind: "expect"; files: ExpectedFile[] }
  /** A package that the visitor had fetched. */
  | { kind: "wheel"; bytes: ArrayBuffer }
  | { kind: "request"; request: Request };

/** A file, to the frame's document, which reads it for the worker: the page would otherwise copy each into another process. */
export interface FileBlob {
  name: string;
  blob: Blob;
}

/** The same file, from the document to the worker. */
export interface FileBytes {
  name: string;
  bytes: ArrayBuffer;
}

/** From the document to the page: the browser has thrown away what it had kept of the file. */
export interface UnreadableFile {
  name: string;
}
