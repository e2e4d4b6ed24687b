/** Removes the service worker and its caches. The cached runtime files stay, because the page manages them itself. */

/**
 * Unregister the worker and delete its caches.
 *
 * @returns whether a worker was registered
 */
export async function unregister(workers: ServiceWorkerContainer, root: URL): Promise<boolean> {
  const registration = await workers.getRegistration(root);
  const isOurs = registration?.scope === root.href;
  if (isOurs) await registration.unregister();
  const names = (await caches.keys()).filter((name) => name.startsWith("headwater-") && name.endsWith(` ${root.href}`));
  await Promise.all(names.map((name) => caches.delete(name)));
  return isOurs;
}
