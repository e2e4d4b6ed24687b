/**
 * The only script of the sealed frame. It starts the worker that the page hands it, passes it the page's port, and
 * listens to nothing else: no word from the worker is ever heard here, since this document, unlike a worker, could
 * navigate itself to an address and carry something out that way.
 */

function begin(event: MessageEvent<string>): void {
  const [port, alarm] = event.ports;
  if (event.source !== parent || port === undefined || alarm === undefined) return;
  removeEventListener("message", begin);
  const source = URL.createObjectURL(new Blob([event.data], { type: "text/javascript" }));
  const worker = new Worker(source);
  worker.addEventListener("error", (failure) => {
    failure.preventDefault();
    alarm.postMessage(failure.message || "The worker could not be started.");
  });
  worker.postMessage(null, [port]);
}

addEventListener("message", begin);
