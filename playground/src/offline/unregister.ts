/** Takes the worker away, and all that it has kept. Python's files are the page's own and stay. */

/** @returns whether there was anything to take away */
export async function unregister(workers: ServiceWorkerContainer, root: URL): Promise<boolean> {
  const registration = await workers.getRegistration(root);
  const isOurs = registration?.scope === root.href;
  if (isOurs) await registration.unregister();
  const names = (await caches.keys()).filter((name) => name.startsWith("headwater-") && name.endsWith(` ${root.href}`));
  await Promise.all(names.map((name) => caches.delete(name)));
  return isOurs;
}
