/**
 * The only script of the sealed frame. It starts the worker that the page hands it, passes it the page's port and the
 * page's files, and listens to nothing else: no word from the worker is ever heard here, since this document, unlike a
 * worker, could navigate itself to an address and carry something out that way.
 */

import type { Parcel, Unpacked, Unreadable } from "./messages.ts";

function begin(event: MessageEvent<string>): void {
  const [port, alarm, files] = event.ports;
  if (event.source !== parent || port === undefined || alarm === undefined || files === undefined) return;
  removeEventListener("message", begin);
  const source = URL.createObjectURL(new Blob([event.data], { type: "text/javascript" }));
  const worker = new Worker(source);
  worker.addEventListener("error", (failure) => {
    failure.preventDefault();
    alarm.postMessage(failure.message || "The worker could not be started.");
  });
  worker.postMessage(null, [port]);
  files.onmessage = ({ data: { name, blob } }: MessageEvent<Parcel>): void => {
    blob.arrayBuffer().then(
      (bytes) => worker.postMessage({ name, bytes } satisfies Unpacked, [bytes]),
      () => files.postMessage({ name } satisfies Unreadable),
    );
  };
}

addEventListener("message", begin);
