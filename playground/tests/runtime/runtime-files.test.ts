import { createHash } from "node:crypto";
import { zstdCompressSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { BootFailed } from "../../src/runtime/failures.ts";
import type { RuntimeFile } from "../../src/runtime/manifest.ts";
import { RuntimeFiles } from "../../src/runtime/runtime-files.ts";

const BASE = new URL("https://site.test/below/runtime/");
const CONTENT = new TextEncoder().encode("numpy, compiled");
const PACKED = zstdCompressSync(CONTENT);

const FILE: RuntimeFile = {
  name: "numpy.zip",
  url: "numpy-0123.zip.zst",
  sha256: createHash("sha256").update(CONTENT).digest("hex"),
  bytes: CONTENT.byteLength,
  transfer: PACKED.byteLength,
  stage: "library",
  imports: ["numpy"],
};

/** The part of the browser's cache that `RuntimeFiles` uses. */
class FakeCache {
  readonly entries = new Map<string, Response>();

  async match(key: string): Promise<Response | undefined> {
    return this.entries.get(key)?.clone();
  }

  async put(key: string, response: Response): Promise<void> {
    this.entries.set(key, response);
  }

  async keys(): Promise<{ url: string }[]> {
    return [...this.entries.keys()].map((url) => ({ url }));
  }

  async delete(request: { url: string } | string): Promise<boolean> {
    return this.entries.delete(typeof request === "string" ? request : request.url);
  }
}

let cache: FakeCache;
let fetched: string[];

/** Answer requests with each body in turn, then repeat the last one. */
function serve(...bodies: (Uint8Array<ArrayBuffer> | number)[]): void {
  vi.stubGlobal("fetch", async (url: URL, init: RequestInit) => {
    fetched.push(`${url.href} ${init.cache}`);
    const body = bodies.length > 1 ? bodies.shift() : bodies[0];
    return typeof body === "number" ? new Response(null, { status: body }) : new Response(body ?? null);
  });
}

async function load(files = new RuntimeFiles(BASE)): Promise<string> {
  return (await files.load(FILE, new AbortController().signal, () => {})).text();
}

beforeEach(() => {
  cache = new FakeCache();
  fetched = [];
  vi.stubGlobal("caches", { open: async () => cache });
});

afterEach(() => vi.unstubAllGlobals());

describe("the runtime files", () => {
  test("are fetched, decompressed and counted", async () => {
    serve(PACKED);
    let count = 0;
    const blob = await new RuntimeFiles(BASE).load(FILE, new AbortController().signal, (more) => {
      count += more;
    });
    expect(new Uint8Array(await blob.arrayBuffer())).toEqual(CONTENT);
    expect(count).toBe(PACKED.byteLength);
    expect(fetched).toEqual(["https://site.test/below/runtime/numpy-0123.zip.zst default"]);
  });

  test("may have been decompressed by the browser", async () => {
    serve(CONTENT);
    expect(await load()).toBe("numpy, compiled");
  });

  test("come from the cache on a second visit", async () => {
    serve(PACKED);
    await load();
    expect(await load(new RuntimeFiles(BASE))).toBe("numpy, compiled");
    expect(fetched).toHaveLength(1);
  });

  test("are fetched once per page, even without a cache", async () => {
    vi.stubGlobal("caches", undefined);
    serve(PACKED);
    const files = new RuntimeFiles(BASE);
    expect([await load(files), await load(files)]).toEqual(["numpy, compiled", "numpy, compiled"]);
    expect(fetched).toHaveLength(1);
  });

  test("are fetched again once a cached copy is found to be damaged", async () => {
    cache.entries.set(new URL(`sha256/${FILE.sha256}`, BASE).href, new Response("numpy, cOmpiled"));
    serve(PACKED);
    const files = new RuntimeFiles(BASE);
    expect(await load(files)).toBe("numpy, cOmpiled");
    expect(await files.isIntact(FILE)).toBe(false);
    expect(await load(files)).toBe("numpy, compiled");
    expect(await files.isIntact(FILE)).toBe(true);
  });

  test("are fetched again after they are evicted", async () => {
    serve(PACKED);
    const files = new RuntimeFiles(BASE);
    await load(files);
    await files.evict(FILE);
    expect(cache.entries.size).toBe(0);
    expect(await load(files)).toBe("numpy, compiled");
    expect(fetched).toHaveLength(2);
  });

  test("are fetched at once if the cached copy is truncated", async () => {
    cache.entries.set(new URL(`sha256/${FILE.sha256}`, BASE).href, new Response("numpy, comp"));
    serve(PACKED);
    expect(await load()).toBe("numpy, compiled");
  });

  test("bypass the HTTP cache on the second attempt", async () => {
    serve(zstdCompressSync("something else!"), PACKED);
    expect(await load()).toBe("numpy, compiled");
    expect(fetched.map((line) => line.split(" ")[1])).toEqual(["default", "reload"]);
  });

  test.each<[string, Uint8Array<ArrayBuffer> | number, string]>([
    ["missing", 404, "The runtime file numpy.zip could not be downloaded (HTTP 404)."],
    [
      "cut off",
      PACKED.subarray(0, 20),
      `The runtime file numpy.zip is damaged: it has 20 bytes instead of ${PACKED.length}.`,
    ],
    [
      "another file",
      new TextEncoder().encode("<!doctype html>".padEnd(PACKED.length)),
      `The runtime file numpy.zip is damaged: it has ${PACKED.length} bytes instead of 15.`,
    ],
    [
      "undecodable",
      PACKED.map((byte, at) => (at < 4 ? byte : 255)),
      "The runtime file numpy.zip is damaged: it cannot be decompressed.",
    ],
    [
      "altered",
      zstdCompressSync("numpy, cOmpiled"),
      `The runtime file numpy.zip is damaged: its SHA-256 is not ${FILE.sha256.slice(0, 12)}….`,
    ],
  ])("are reported and not cached if one is %s", async (_, body, message) => {
    serve(body);
    const loading = load();
    await expect(loading).rejects.toThrow(BootFailed);
    await expect(loading).rejects.toThrow(message);
    expect(cache.entries.size).toBe(0);
  });

  test("are reported if the connection is lost", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
    await expect(load()).rejects.toThrow("The runtime file numpy.zip could not be downloaded. Check your connection.");
  });

  test("are reported if a download stalls", async () => {
    vi.useFakeTimers();
    vi.stubGlobal("fetch", async (_: URL, init: RequestInit) => {
      const body = new ReadableStream({
        start: (stream) => init.signal?.addEventListener("abort", () => stream.error(new Error("aborted"))),
      });
      return new Response(body);
    });
    const refused = expect(load()).rejects.toThrow(
      "The runtime file numpy.zip could not be downloaded. Check your connection.",
    );
    await vi.advanceTimersByTimeAsync(30_000);
    await refused;
    vi.useRealTimers();
  });

  test("from other releases are removed", async () => {
    serve(PACKED);
    const files = new RuntimeFiles(BASE);
    await load(files);
    cache.entries.set("https://site.test/below/runtime/sha256/old", new Response(""));
    await files.removeStale([FILE]);
    expect([...cache.entries.keys()]).toEqual([new URL(`sha256/${FILE.sha256}`, BASE).href]);
  });
});

describe("a browser without a usable cache", () => {
  const refusal = () => Promise.reject(new DOMException("The operation is insecure.", "SecurityError"));

  beforeEach(() => serve(PACKED));

  test.each<[string, () => void]>([
    ["has no cache", () => vi.stubGlobal("caches", undefined)],
    [
      "throws on each call",
      () =>
        vi.stubGlobal("caches", {
          open: () => {
            throw new DOMException("The operation is insecure.", "SecurityError");
          },
        }),
    ],
    ["rejects each call that opens the cache", () => vi.stubGlobal("caches", { open: refusal })],
    [
      "rejects each call to an open cache",
      () =>
        vi.stubGlobal("caches", {
          open: async () => ({ match: refusal, put: refusal, keys: refusal, delete: refusal }),
        }),
    ],
  ])("loads files from the network without an error if it %s", async (_, refuse) => {
    refuse();
    const files = new RuntimeFiles(BASE);
    expect(await load(files)).toBe("numpy, compiled");
    expect(await files.hasCachedFiles()).toBe(false);
    expect(await files.isCached(FILE)).toBe(false);
    await files.removeStale([FILE]);
    await files.evict(FILE);
    expect(await load(files)).toBe("numpy, compiled");
  });
});
