/**
 * Remembers the version with which each page was opened, so that all later requests from the page get the same version.
 *
 * The versions are stored, because browsers stop an idle worker after half a minute and restart it later.
 */

import { cacheName } from "./scope.ts";

const PAGES = cacheName("pages");
/** The back/forward cache holds pages that are not listed as open, so recent pages are always remembered. */
const MIN_REMEMBERED = 100;

/** The page came from the server, so its requests are also answered by the server. */
export const FROM_SERVER = "server";

export class OpenPages {
  readonly #known = new Map<string, string>();

  async record(page: string, version: string): Promise<void> {
    if (page === "") return;
    this.#known.set(page, version);
    try {
      await (await caches.open(PAGES)).put(key(page), new Response(version));
    } catch {
      // Storage is full or blocked, so the entry lasts only as long as this worker.
    }
  }

  /** Return the version of a page; null for an unknown page. */
  async versionOf(page: string): Promise<string | null> {
    const known = this.#known.get(page);
    if (known !== undefined) return known;
    const response = await caches.match(key(page), { cacheName: PAGES }).catch(() => undefined);
    if (response === undefined) return null;
    const version = await response.text();
    this.#known.set(page, version);
    return version;
  }

  /** Return the versions of the given pages. */
  async versionsInUse(open: readonly string[]): Promise<Set<string>> {
    const versions = await Promise.all(open.map((page) => this.versionOf(page)));
    return new Set(versions.filter((version) => version !== null));
  }

  /** Remove old pages that are no longer open. */
  async deleteOld(open: readonly string[]): Promise<void> {
    const pages = await caches.open(PAGES);
    const keys = await pages.keys();
    const needed = new Set(open.map(key));
    const old = keys.slice(0, -MIN_REMEMBERED).filter((request) => !needed.has(request.url));
    for (const request of old) await pages.delete(request);
  }
}

/** Return a cache key. It must be a URL, but it is never fetched. */
function key(page: string): string {
  return new URL(`/page/${encodeURIComponent(page)}`, location.origin).href;
}
