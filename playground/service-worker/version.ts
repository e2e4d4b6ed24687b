/** One version of the site: all files of one build. A file that does not change is stored only once for all versions. */

import { PrecacheController } from "workbox-precaching";
import { cacheName, fileUrl } from "./scope.ts";
import type { SiteList } from "./site-list.ts";

export const FILES = cacheName("site");

/** A plugin that fetches at low priority and revalidates the browser's copy instead of downloading a file again. */
const revalidate = {
  requestWillFetch: async ({ request }: { request: Request }): Promise<Request> =>
    new Request(request, { cache: "no-cache", priority: "low" }),
};

export class Version {
  readonly id: string;
  readonly #files = new PrecacheController({ cacheName: FILES, plugins: [revalidate] });
  readonly #onDemand = new PrecacheController({ cacheName: FILES });

  constructor(list: SiteList) {
    this.id = list.version;
    this.#files.addToCacheList([...list.files]);
    this.#onDemand.addToCacheList([...list.onDemand]);
  }

  /** Fetch missing files. Fails as a whole if the server lacks a file or has a different version of it. */
  async install(event: ExtendableEvent): Promise<void> {
    await this.#files.install(event);
  }

  has(url: URL): boolean {
    return this.#listWith(url).getCacheKeyForURL(fileUrl(url)) !== undefined;
  }

  /** Return this version's file. A missing file is fetched and cached if the server still has the same file. */
  async respond(event: ExtendableEvent, url: URL): Promise<Response> {
    const href = fileUrl(url);
    const list = this.#listWith(url);
    const cacheKey = list.getCacheKeyForURL(href);
    const integrity = cacheKey && list.getIntegrityForCacheKey(cacheKey);
    return list.strategy.handle({ event, request: new Request(href), params: { cacheKey, integrity } });
  }

  /** Return the cache keys of the version's files. */
  cacheKeys(): string[] {
    return [this.#files, this.#onDemand].flatMap((list) => [...list.getURLsToCacheKeys().values()]);
  }

  #listWith(url: URL): PrecacheController {
    return this.#onDemand.getCacheKeyForURL(fileUrl(url)) === undefined ? this.#files : this.#onDemand;
  }
}
