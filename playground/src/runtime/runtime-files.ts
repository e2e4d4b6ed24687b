/**
 * The runtime's files: verified, kept in the page's own Cache so that a second visit asks the network for none of them,
 * and kept at hand so that Python can be started again at once.
 *
 * The cache is keyed by the digest of a file, never by its address: a new release fetches exactly what has changed.
 */

import { BootFailed } from "./failures.ts";
import { gunzipIfNeeded } from "./gunzip.ts";
import type { RuntimeFile } from "./manifest.ts";

const CACHE = "headwater-runtime";
/** A download of which nothing more comes for so long is given up. */
const STALLED_MILLISECONDS = 30_000;

export class RuntimeFiles {
  readonly #base: URL;
  /** Blobs, not buffers: the bytes need not be in this page's memory, and may be read again at each start. */
  readonly #blobs = new Map<string, Blob>();
  /** The digests of those held whose bytes are known to be whole. */
  readonly #verified = new Set<string>();

  /** @param base the folder that the files' addresses are relative to */
  constructor(base: URL) {
    this.#base = base;
    // The first time, a browser takes a tenth of a second for it; meanwhile the list of files comes.
    void openCache();
  }

  /** A file. `onBytes` hears how many bytes of the compressed file have come since the last call. */
  async load(file: RuntimeFile, signal: AbortSignal, onBytes: (count: number) => void): Promise<Blob> {
    const kept = await this.#findCopy(file);
    if (kept !== null) {
      onBytes(file.transfer);
      return kept;
    }
    const bytes = await this.#fetch(file, signal, onBytes);
    const blob = new Blob([bytes]);
    this.#blobs.set(file.sha256, blob);
    this.#verified.add(file.sha256);
    await this.#cache(file, blob);
    return blob;
  }

  /**
   * Whether what was last given of a file is what it should be. Those that were fetched have been
   * examined. A kept copy was examined when it was put away, and is examined again by this only, since Python's start
   * should not wait for it; if it has been damaged, it is forgotten.
   */
  async isIntact(file: RuntimeFile): Promise<boolean> {
    const blob = this.#blobs.get(file.sha256);
    if (blob === undefined || this.#verified.has(file.sha256)) return true;
    const sound = await blob.arrayBuffer().then(
      (bytes) => hasDigest(file.sha256, bytes),
      () => true, // The browser has thrown its storage away: what was there cannot be told any more.
    );
    if (sound) this.#verified.add(file.sha256);
    else await this.evict(file);
    return sound;
  }

  /** What was kept of a file is of no use: the next time it is fetched. */
  async evict(file: RuntimeFile): Promise<void> {
    this.#blobs.delete(file.sha256);
    await withCache((cache) => cache.delete(this.#key(file)), false);
  }

  /** Whether a visit before this one has left files, of whatever release. */
  async hasCachedFiles(): Promise<boolean> {
    return (await this.#keys()).length > 0;
  }

  async isCached(file: RuntimeFile): Promise<boolean> {
    return (await withCache((cache) => cache.match(this.#key(file)), undefined)) !== undefined;
  }

  /** Drops what the cache holds for other releases. */
  async removeStale(files: readonly RuntimeFile[]): Promise<void> {
    const current = new Set(files.map((file) => this.#key(file)));
    for (const request of await this.#keys()) {
      if (!current.has(request.url)) await withCache((cache) => cache.delete(request), false);
    }
  }

  /** Those of this site: another one may stand below another path of the same origin. */
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
      // The browser may throw away or refuse its storage at any time; the network still has the file.
      this.#blobs.delete(file.sha256);
      return null;
    }
  }

  async #fromCache(file: RuntimeFile): Promise<Blob | null> {
    const found = await (await openCache())?.match(this.#key(file));
    return (await found?.blob()) ?? null;
  }

  async #cache(file: RuntimeFile, blob: Blob): Promise<void> {
    await withCache((cache) => cache.put(this.#key(file), new Response(blob)), undefined); // or fetched again at the next visit
  }

  async #fetch(file: RuntimeFile, signal: AbortSignal, onBytes: (count: number) => void): Promise<ArrayBuffer> {
    let problem = "";
    // A damaged copy may sit in the HTTP cache, so the second try goes past it.
    for (const cache of ["default", "reload"] as const) {
      const arrived = await this.#download(file, { signal, cache }, onBytes);
      const bytes = await gunzipIfNeeded(arrived).catch(() => null);
      if (bytes === null) {
        problem = `is damaged: what came cannot be unpacked`;
      } else if (bytes.byteLength !== file.bytes) {
        problem = `is damaged: ${bytes.byteLength} bytes came, ${file.bytes} were expected`;
      } else if (!(await hasDigest(file.sha256, bytes))) {
        problem = `is damaged: its SHA-256 is not the expected ${file.sha256.slice(0, 12)}…`;
      } else {
        return bytes;
      }
    }
    throw new BootFailed(`Python's file ${file.name} ${problem}.`);
  }

  async #download(file: RuntimeFile, init: RequestInit, onBytes: (count: number) => void): Promise<Blob> {
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    const stalled = new AbortController();
    let patience = setTimeout(() => stalled.abort(), STALLED_MILLISECONDS);
    const signal = AbortSignal.any([stalled.signal, ...(init.signal ? [init.signal] : [])]);
    try {
      const response = await fetch(new URL(file.url, this.#base), { ...init, signal });
      if (!response.ok || response.body === null) {
        throw new BootFailed(`Python's file ${file.name} is missing (HTTP ${response.status}).`);
      }
      const reader = response.body.getReader();
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        clearTimeout(patience);
        patience = setTimeout(() => stalled.abort(), STALLED_MILLISECONDS);
        chunks.push(next.value);
        onBytes(next.value.byteLength);
      }
    } catch (failure) {
      if (failure instanceof BootFailed || init.signal?.aborted) throw failure;
      throw new BootFailed(`Python's file ${file.name} could not be fetched completely. Is the connection gone?`);
    } finally {
      clearTimeout(patience);
    }
    return new Blob(chunks);
  }

  /** A cache's keys are addresses; these exist nowhere else. */
  #key(file: RuntimeFile): string {
    return new URL(`sha256/${file.sha256}`, this.#base).href;
  }
}

/**
 * What the cache answers; `otherwise` where there is no cache, or where the browser refuses the call. It may refuse any
 * call at any time: for lack of room, or because the visitor has blocked storage meanwhile.
 */
async function withCache<T>(use: (cache: Cache) => Promise<T>, otherwise: T): Promise<T> {
  try {
    const cache = await openCache();
    return cache === null ? otherwise : await use(cache);
  } catch {
    return otherwise;
  }
}

/** `null` where the browser has no cache to offer: an insecure address, a private window, storage refused. */
async function openCache(): Promise<Cache | null> {
  try {
    return await caches.open(CACHE);
  } catch {
    return null;
  }
}

/**
 * Browsers offer SHA-256 only at secure addresses. Elsewhere the manifest came the same unprotected way as the files,
 * so that the length, which is checked as well, says as much.
 */
async function hasDigest(sha256: string, bytes: ArrayBuffer): Promise<boolean> {
  if (globalThis.crypto?.subtle === undefined) return true;
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("") === sha256;
}
