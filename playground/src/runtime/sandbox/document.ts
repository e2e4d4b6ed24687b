/**
 * The only script of the sandboxed frame. It starts the worker, passes it the page's files, and hands the page the ports.
 *
 * Another site that embeds the playground may navigate this frame, and a document of its choice would then stand in its
 * place. So the page gives nothing to the frame before it has heard the frame's secret, which only this document knows.
 *
 * No word from the worker is ever heard here, since this document, unlike a worker, could navigate itself to an address
 * and carry something out that way.
 */

import type { FileBlob, FileBytes, FrameSettings, UnreadableFile } from "./messages.ts";

/** Written in front of this script by the page. */
declare const SETTINGS: FrameSettings;

const { secret, page, workerSource } = SETTINGS;
const messages = new MessageChannel();
const alarm = new MessageChannel();
const files = new MessageChannel();

// Only a document of the page's own origin receives it.
parent.postMessage(secret, page, [messages.port1, alarm.port1, files.port1]);

const worker = new Worker(URL.createObjectURL(new Blob([workerSource], { type: "text/javascript" })));
worker.addEventListener("error", (failure) => {
  failure.preventDefault();
  alarm.port2.postMessage(failure.message || "The worker could not be started.");
});
worker.postMessage(null, [messages.port2]);
files.port2.onmessage = ({ data: { name, blob } }: MessageEvent<FileBlob>): void => {
  blob.arrayBuffer().then(
    (bytes) => worker.postMessage({ name, bytes } satisfies FileBytes, [bytes]),
    () => files.port2.postMessage({ name } satisfies UnreadableFile),
  );
};
