/** Messages from the page to the sandboxed frame. Python answers with JSON text: a `Reply`, untrusted until validated. */

import type { Request } from "../../protocol.ts";
import type { FileStage } from "../manifest.ts";

export interface ExpectedFile {
  name: string;
  stage: FileStage;
}

/** Settings inserted into the frame's document. The worker, which runs untrusted code, never receives the secret. */
export interface FrameSettings {
  /** Proves to the page that a message comes from the document that the page created. */
  secret: string;
  /** The origin of the page, the only one that may receive the secret. */
  page: string;
  workerSource: string;
}

/** A message to the worker. `packs` maps each module to the name of the file that contains it. */
export type WorkerMessage =
  /** The list of files that will follow. Sent first. */
  | { kind: "expect"; files: ExpectedFile[]; packs: Record<string, string> }
  /**
   * The packs that Python starts with. They will follow, and so will the files of their snapshot. Empty if Python starts
   * without packs. Sent once.
   */
  | { kind: "preload"; packs: string[]; files: string[] }
  /** Packs that will follow. Requests that may import them wait until they are installed. */
  | { kind: "packs"; names: string[] }
  /** Packs that will follow. Only code completion waits for them. */
  | { kind: "optional-packs"; names: string[] }
  /** Some of the announced packs cannot be loaded. Requests that wait for them are dropped. */
  | { kind: "packs-failed" }
  /** A package that the visitor has fetched. */
  | { kind: "wheel"; bytes: ArrayBuffer }
  | { kind: "request"; request: Request };

/** A file that the frame's document reads for the worker, so that the page need not copy the bytes to another process. */
export interface FileBlob {
  name: string;
  blob: Blob;
}

/** The content of a file, from the document to the worker. */
export interface FileBytes {
  name: string;
  bytes: ArrayBuffer;
}

/** A message from the document: it could not read a file, because the browser has deleted it. */
export interface UnreadableFile {
  name: string;
}
