/** The stored versions of the site: the latest versions, and the versions of open pages. */

import { cacheName } from "./scope.ts";
import type { SiteList } from "./site-list.ts";
import { FILES, Version } from "./version.ts";

const LISTS = cacheName("versions");

/** The number of versions to store: the current version, the previous version, and a version that is being fetched. */
const RETAINED_VERSIONS = 3;

export class StoredVersions {
  readonly current: Version;
  readonly #list: SiteList;
  readonly #known = new Map<string, Version>();

  constructor(list: SiteList) {
    this.#list = list;
    this.current = new Version(list);
    this.#known.set(list.version, this.current);
  }

  /** Register this version before its files are fetched. Otherwise, an older worker would delete the files as unused. */
  async register(): Promise<void> {
    const lists = await caches.open(LISTS);
    await lists.put(key(this.current.id), Response.json(this.#list));
  }

  async version(id: string): Promise<Version | null> {
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const response = await (await caches.open(LISTS)).match(key(id));
    if (response === undefined) return null;
    const version = new Version((await response.json()) as SiteList);
    this.#known.set(id, version);
    return version;
  }

  /** Return all stored versions, oldest first. */
  async all(): Promise<Version[]> {
    const keys = await (await caches.open(LISTS)).keys();
    const versions = await Promise.all(keys.map((request) => this.version(idOf(request))));
    return versions.filter((version) => version !== null);
  }

  /** Delete versions that are neither recent nor in use, and the files that only these versions need. */
  async deleteUnused(inUse: ReadonlySet<string>): Promise<Version[]> {
    const all = await this.all();
    const retained = all.filter((version, index) => index >= all.length - RETAINED_VERSIONS || inUse.has(version.id));
    const lists = await caches.open(LISTS);
    for (const version of all) if (!retained.includes(version)) await lists.delete(key(version.id));
    const files = await caches.open(FILES);
    const needed = new Set(retained.flatMap((version) => version.cacheKeys()));
    for (const request of await files.keys()) if (!needed.has(request.url)) await files.delete(request);
    return retained;
  }
}

/** Return a cache key. It must be a URL, but it is never fetched. */
function key(id: string): string {
  return new URL(`/version/${id}`, location.origin).href;
}

function idOf(request: Request): string {
  return request.url.slice(request.url.lastIndexOf("/") + 1);
}
