/**
 * Which version each page was opened with, so that all it asks for later is of the same one. Browsers end a worker that
 * has nothing to do for half a minute and start it again, so this is written down.
 */

import { cacheName } from "./scope.ts";

const PAGES = cacheName("pages");
/** Pages that the browser keeps for the way back are not listed as open; so the last ones are kept whatever is open. */
const MIN_REMEMBERED = 100;

/** The page is the server's own: nothing that it asks for is answered from here. */
export const FROM_SERVER = "server";

export class OpenPages {
  readonly #known = new Map<string, string>();

  async record(page: string, version: string): Promise<void> {
    if (page === "") return;
    this.#known.set(page, version);
    try {
      await (await caches.open(PAGES)).put(key(page), new Response(version));
    } catch {
      // No room, or storage was just refused: what is known lasts as long as this worker.
    }
  }

  /** `null` for a page of which nothing is known. */
  async versionOf(page: string): Promise<string | null> {
    const known = this.#known.get(page);
    if (known !== undefined) return known;
    const response = await caches.match(key(page), { cacheName: PAGES }).catch(() => undefined);
    if (response === undefined) return null;
    const version = await response.text();
    this.#known.set(page, version);
    return version;
  }

  /** The versions of the pages given, and of those opened last. */
  async versionsInUse(open: readonly string[]): Promise<Set<string>> {
    const versions = await Promise.all(open.map((page) => this.versionOf(page)));
    return new Set(versions.filter((version) => version !== null));
  }

  async deleteOld(open: readonly string[]): Promise<void> {
    const pages = await caches.open(PAGES);
    const keys = await pages.keys();
    const needed = new Set(open.map(key));
    const old = keys.slice(0, -MIN_REMEMBERED).filter((request) => !needed.has(request.url));
    for (const request of old) await pages.delete(request);
  }
}

/** A cache's keys are addresses; these exist nowhere else. */
function key(page: string): string {
  return new URL(`/page/${encodeURIComponent(page)}`, location.origin).href;
}
