/**
 * The script of the sandboxed frame. It starts the worker, forwards the page's files to it, and sends the ports to the page.
 *
 * A site that embeds the playground can navigate this frame to any document. Therefore, the page sends nothing to the frame
 * before it receives the secret, which only this document knows.
 *
 * This script ignores messages from the worker. Unlike a worker, a document can navigate itself, and the URL could leak data.
 */

import type { FileBlob, FileBytes, FrameSettings, UnreadableFile } from "./messages.ts";

/** The page inserts this constant before the script. */
declare const SETTINGS: FrameSettings;

const { secret, page, workerSource } = SETTINGS;
const messages = new MessageChannel();
const errors = new MessageChannel();
const files = new MessageChannel();

// Only a document from the page's origin receives the message.
parent.postMessage(secret, page, [messages.port1, errors.port1, files.port1]);

const worker = new Worker(URL.createObjectURL(new Blob([workerSource], { type: "text/javascript" })));
worker.addEventListener("error", (failure) => {
  failure.preventDefault();
  errors.port2.postMessage(failure.message || "The worker could not be started.");
});
worker.postMessage(null, [messages.port2]);
files.port2.onmessage = ({ data: { name, blob } }: MessageEvent<FileBlob>): void => {
  blob.arrayBuffer().then(
    (bytes) => worker.postMessage({ name, bytes } satisfies FileBytes, [bytes]),
    () => files.port2.postMessage({ name } satisfies UnreadableFile),
  );
};
