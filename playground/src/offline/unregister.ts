/** Takes the worker away, and all that it has kept. Python's files are the page's own and stay. */

/** @returns whether there was anything to take away */
export async function unregister(workers: ServiceWorkerContainer, root: URL): Promise<boolean> {
  const registration = await workers.getRegistration(root);
  const ours = registration?.scope === root.href;
  if (ours) await registration.unregister();
  const kept = (await caches.keys()).filter((name) => name.startsWith("headwater-") && name.endsWith(` ${root.href}`));
  await Promise.all(kept.map((name) => caches.delete(name)));
  return ours;
}
