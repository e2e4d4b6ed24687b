/** Has a version of the site come that is newer than this page's? */

/** `tell` is called each time a new version has come and this page is of an older one. */
export function onNewVersion(workers: ServiceWorkerContainer, notify: () => Promise<void>): void {
  workers.addEventListener("controllerchange", () => {
    isOutdated(workers).then(
      (behind) => (behind ? notify() : undefined),
      () => undefined,
    );
  });
}

/** A page that was not read from the worker is behind nothing. */
export function isOutdated(workers: ServiceWorkerContainer): Promise<boolean> {
  const worker = workers.controller;
  if (worker === null) return Promise.resolve(false);
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event) => {
      port1.close();
      resolve(event.data === true);
    };
    worker.postMessage("am I behind?", [port2]);
  });
}
