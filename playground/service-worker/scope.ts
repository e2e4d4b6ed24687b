/** The scope of this worker. Other sites may share the origin. */

declare const self: ServiceWorkerGlobalScope;

/** The URL of the site's root, with a trailing slash. */
export const root = new URL(self.registration.scope);

/** Return the name of a cache for this site. `src/offline/unregister.ts` deletes caches with this suffix. */
export function cacheName(of: string): string {
  return `headwater-${of} ${root.href}`;
}

/** Return the URL of a file without its query and fragment, which do not affect which file the server returns. */
export function fileUrl(url: URL): string {
  return (url.origin + url.pathname).replace(/\/index\.html$/, "/");
}

/** Return whether a URL refers to an archive for Python. The page itself caches these archives by their hashes. */
export function isArchive(url: URL): boolean {
  return url.pathname.endsWith(".zst");
}
