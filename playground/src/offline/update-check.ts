/** Checks for a version of the site that is newer than this page. */

/** Call `notify` each time a version newer than this page has been installed. */
export function onNewVersion(workers: ServiceWorkerContainer, notify: () => Promise<void>): void {
  workers.addEventListener("controllerchange", () => {
    isOutdated(workers).then(
      (outdated) => (outdated ? notify() : undefined),
      () => undefined,
    );
  });
}

/** Return whether this page is older than the worker's version. A page from the server is never older. */
export function isOutdated(workers: ServiceWorkerContainer): Promise<boolean> {
  const worker = workers.controller;
  if (worker === null) return Promise.resolve(false);
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event) => {
      port1.close();
      resolve(event.data === true);
    };
    worker.postMessage("is there a newer version?", [port2]);
  });
}
