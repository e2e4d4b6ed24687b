/** Where this worker's site stands. Other sites may stand beside it, at the same origin. */

declare const self: ServiceWorkerGlobalScope;

/** The address of the site's root, with a slash at its end. */
export const root = new URL(self.registration.scope);

/** A cache of this site's own; `src/offline/unregister.ts` drops what ends so. */
export function cacheName(of: string): string {
  return `headwater-${of} ${root.href}`;
}

/** The address of a site's file without what follows the path: its pages take queries, its files do not change with them. */
export function fileAddress(url: URL): string {
  return (url.origin + url.pathname).replace(/\/index\.html$/, "/");
}

/** Python's archives are kept by the page itself, under their hashes. */
export function isArchive(url: URL): boolean {
  return url.pathname.endsWith(".gz");
}
