/**
 * The Python runtime files: verified, cached for later visits, and kept in memory for quick restarts.
 *
 * The cache is keyed by a file's digest, not its URL, so a new release fetches only the files that changed.
 */

import { type Decompress, decompress } from "./decompression.ts";
import { BootFailed } from "./failures.ts";
import type { RuntimeFile } from "./manifest.ts";

const CACHE = "headwater-runtime";
/** A download without progress for this long is aborted. */
const STALLED_MILLISECONDS = 30_000;

export class RuntimeFiles {
  readonly #base: URL;
  readonly #decompress: Decompress;
  /** Blobs, not buffers: the browser may keep them on disk, and they can be read again at each start. */
  readonly #blobs = new Map<string, Blob>();
  /** The digests of verified blobs. */
  readonly #verified = new Set<string>();

  /**
   * @param base the base URL of the files
   * @param decompressFile decompresses the fetched files, by default in this thread
   */
  constructor(base: URL, decompressFile: Decompress = decompress) {
    this.#base = base;
    this.#decompress = decompressFile;
    // Opening the cache takes 0.1 s the first time, so open it now, while the list of files is being fetched.
    void openCache();
  }

  /**
   * Load a file from memory, the cache or the network. `onBytes` receives the number of compressed bytes that arrived since the
   * previous call.
   */
  async load(file: RuntimeFile, signal: AbortSignal, onBytes: (count: number) => void): Promise<Blob> {
    const copy = await this.#findCopy(file);
    if (copy !== null) {
      onBytes(file.transfer);
      return copy;
    }
    const bytes = await this.#fetch(file, signal, onBytes);
    const blob = new Blob([bytes]);
    this.#blobs.set(file.sha256, blob);
    this.#verified.add(file.sha256);
    await this.#cache(file, blob);
    return blob;
  }

  /**
   * Verify the loaded copy of a file, and evict it if it is damaged. Fetched files are verified on arrival. Cached files are
   * verified only by this method, because verifying them in `load` would delay Python's start.
   */
  async isIntact(file: RuntimeFile): Promise<boolean> {
    const blob = this.#blobs.get(file.sha256);
    if (blob === undefined || this.#verified.has(file.sha256)) return true;
    const isValid = await blob.arrayBuffer().then(
      (bytes) => hasDigest(file.sha256, bytes),
      () => true, // The browser has deleted its storage, so the copy can no longer be verified.
    );
    if (isValid) this.#verified.add(file.sha256);
    else await this.evict(file);
    return isValid;
  }

  /** Remove a file from memory and the cache, so that it is fetched next time. */
  async evict(file: RuntimeFile): Promise<void> {
    this.#blobs.delete(file.sha256);
    await withCache((cache) => cache.delete(this.#key(file)), false);
  }

  /** Return whether the cache holds files from any release. */
  async hasCachedFiles(): Promise<boolean> {
    return (await this.#keys()).length > 0;
  }

  async isCached(file: RuntimeFile): Promise<boolean> {
    return (await withCache((cache) => cache.match(this.#key(file)), undefined)) !== undefined;
  }

  /** Return whether a file can be loaded without the network. */
  async isAvailable(file: RuntimeFile): Promise<boolean> {
    return this.#blobs.has(file.sha256) || (await this.isCached(file));
  }

  /** Remove the files of other releases from the cache. */
  async removeStale(files: readonly RuntimeFile[]): Promise<void> {
    const current = new Set(files.map((file) => this.#key(file)));
    for (const request of await this.#keys()) {
      if (!current.has(request.url)) await withCache((cache) => cache.delete(request), false);
    }
  }

  /** Return this site's cached requests; other sites may share the origin. */
  async #keys(): Promise<Request[]> {
    const keys = await withCache<readonly Request[]>((cache) => cache.keys(), []);
    return keys.filter((request) => request.url.startsWith(this.#base.href));
  }

  async #findCopy(file: RuntimeFile): Promise<Blob | null> {
    try {
      const blob = this.#blobs.get(file.sha256) ?? (await this.#fromCache(file));
      if (blob === null || blob.size !== file.bytes) return null;
      this.#blobs.set(file.sha256, blob);
      return blob;
    } catch {
      // Browsers may delete or block storage at any time. The file is then fetched.
      this.#blobs.delete(file.sha256);
      return null;
    }
  }

  async #fromCache(file: RuntimeFile): Promise<Blob | null> {
    const found = await (await openCache())?.match(this.#key(file));
    return (await found?.blob()) ?? null;
  }

  async #cache(file: RuntimeFile, blob: Blob): Promise<void> {
    await withCache((cache) => cache.put(this.#key(file), new Response(blob)), undefined);
  }

  async #fetch(file: RuntimeFile, signal: AbortSignal, onBytes: (count: number) => void): Promise<ArrayBuffer> {
    let problem = "";
    // The HTTP cache may hold a damaged copy, so the second attempt bypasses it.
    for (const cache of ["default", "reload"] as const) {
      const arrived = await this.#download(file, { signal, cache }, onBytes);
      // Compare sizes, because the decoder accepts a truncated file. The browser may have decompressed the file already.
      const isComplete = arrived.size === file.transfer || arrived.size === file.bytes;
      const bytes = isComplete ? await this.#decompress(arrived).catch(() => null) : null;
      if (!isComplete) {
        problem = `it has ${arrived.size} bytes instead of ${file.transfer}`;
      } else if (bytes === null) {
        problem = "it cannot be decompressed";
      } else if (bytes.byteLength !== file.bytes) {
        problem = `it has ${bytes.byteLength} bytes instead of ${file.bytes}`;
      } else if (!(await hasDigest(file.sha256, bytes))) {
        problem = `its SHA-256 is not ${file.sha256.slice(0, 12)}…`;
      } else {
        return bytes;
      }
    }
    throw new BootFailed(`The runtime file ${file.name} is damaged: ${problem}.`);
  }

  async #download(file: RuntimeFile, init: RequestInit, onBytes: (count: number) => void): Promise<Blob> {
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    const stalled = new AbortController();
    let timeout = setTimeout(() => stalled.abort(), STALLED_MILLISECONDS);
    const signal = AbortSignal.any([stalled.signal, ...(init.signal ? [init.signal] : [])]);
    try {
      const response = await fetch(new URL(file.url, this.#base), { ...init, signal });
      if (!response.ok || response.body === null) {
        throw new BootFailed(`The runtime file ${file.name} could not be downloaded (HTTP ${response.status}).`);
      }
      const reader = response.body.getReader();
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        clearTimeout(timeout);
        timeout = setTimeout(() => stalled.abort(), STALLED_MILLISECONDS);
        chunks.push(next.value);
        onBytes(next.value.byteLength);
      }
    } catch (failure) {
      if (failure instanceof BootFailed || init.signal?.aborted) throw failure;
      throw new BootFailed(`The runtime file ${file.name} could not be downloaded. Check your connection.`);
    } finally {
      clearTimeout(timeout);
    }
    return new Blob(chunks);
  }

  /** Return the cache key of a file: a URL that is never requested. */
  #key(file: RuntimeFile): string {
    return new URL(`sha256/${file.sha256}`, this.#base).href;
  }
}

/**
 * Use the cache; return `fallback` if there is no cache or the call fails. Any call may fail at any time: the disk may be full,
 * or the visitor may have blocked storage.
 */
async function withCache<T>(use: (cache: Cache) => Promise<T>, fallback: T): Promise<T> {
  try {
    const cache = await openCache();
    return cache === null ? fallback : await use(cache);
  } catch {
    return fallback;
  }
}

/** Open the cache; null if the browser has none: without HTTPS, in private windows, or with blocked storage. */
async function openCache(): Promise<Cache | null> {
  try {
    return await caches.open(CACHE);
  } catch {
    return null;
  }
}

/**
 * Check the SHA-256 of a file. Without HTTPS, browsers cannot compute digests, and the manifest is as unprotected as the files.
 * In that case, only the length is checked.
 */
async function hasDigest(sha256: string, bytes: ArrayBuffer): Promise<boolean> {
  if (globalThis.crypto?.subtle === undefined) return true;
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("") === sha256;
}
