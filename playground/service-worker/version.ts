/** One version of the site: all its files, of one build. Files that did not change are stored once for all versions. */

import { PrecacheController } from "workbox-precaching";
import { cacheName, fileAddress } from "./scope.ts";
import type { SiteList } from "./site-list.ts";

export const FILES = cacheName("site");

/** Asks the server whether what the browser has is still right, instead of fetching it once more, and after everything else. */
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

  /** Fetches what is not there yet. Fails as a whole where one file is missing or is not the one of this version. */
  async install(event: ExtendableEvent): Promise<void> {
    await this.#files.install(event);
  }

  has(url: URL): boolean {
    return this.#listWith(url).getCacheKeyForURL(fileAddress(url)) !== undefined;
  }

  /** A file as this version has it. One that is not there is fetched, and kept, if the server still has the same. */
  async answer(event: ExtendableEvent, url: URL): Promise<Response> {
    const address = fileAddress(url);
    const list = this.#listWith(url);
    const cacheKey = list.getCacheKeyForURL(address);
    const integrity = cacheKey && list.getIntegrityForCacheKey(cacheKey);
    return list.strategy.handle({ event, request: new Request(address), params: { cacheKey, integrity } });
  }

  /** The addresses that its files are stored under. */
  storedUnder(): string[] {
    return [this.#files, this.#onDemand].flatMap((list) => [...list.getURLsToCacheKeys().values()]);
  }

  #listWith(url: URL): PrecacheController {
    return this.#onDemand.getCacheKeyForURL(fileAddress(url)) === undefined ? this.#files : this.#onDemand;
  }
}
