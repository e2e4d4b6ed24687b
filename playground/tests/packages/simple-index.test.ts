import { afterEach, describe, expect, it, vi } from "vitest";
import { SimpleIndex } from "../../src/packages/simple-index.ts";
import { FILES, INDEX, serve } from "./local-index.ts";

const WHEEL = "rich-13.0-py3-none-any.whl";

afterEach(() => vi.unstubAllGlobals());

async function ask(index: SimpleIndex, url: string) {
  const response = await index.fetch(url, new AbortController().signal);
  return response && { ...response, text: new TextDecoder().decode(response.bytes) };
}

describe("a listing", () => {
  it("omits files that micropip would wrongly accept", async () => {
    await serve({
      rich: [
        { filename: WHEEL },
        { filename: "rich-14.0-py3-none-any.whl", yanked: "broken" },
        { filename: "rich-15.0-py3-none-any.whl", python: ">=3.13" },
        { filename: "rich-16.0-cp312-cp312-pyodide_2024_0_wasm32.whl" },
        { filename: "rich-17.0.tar.gz" },
        { filename: "rich-18.0-py3-none-any.whl", sha256: null },
        { filename: "rich-19.0-py3-none-any.whl", url: "ftp://files.example/rich-19.0-py3-none-any.whl" },
        { filename: "rich-20.0-py3-none-any.whl", url: "data:text/plain,rich" },
        { filename: "rich-21.0-py3-none-any.whl", url: "https://" },
        { filename: "numpy-22.0-py3-none-any.whl" },
        { filename: "rich-unversioned-py3-none-any.whl" },
        { filename: "rich-23.0\u202e-py3-none-any.whl" },
        { filename: "../rich-24.0-py3-none-any.whl" },
        { filename: "__proto__" },
        { filename: "-none-any.whl" },
      ],
    });
    const answer = await ask(new SimpleIndex(INDEX), `${INDEX}/rich/`);
    expect(JSON.parse(answer?.text ?? "").files).toMatchObject([{ filename: WHEEL, url: FILES + WHEEL }]);
  });

  it.each([
    "Rich-1!2.0-py3-none-any.whl",
    "rich-1.0+local.1-1-py2.py3-none-any.whl",
    "rich-1.0rc1-2_build-py3-none-any.whl",
  ])("may name %s", async (filename) => {
    await serve({ rich: [{ filename }] });
    const answer = await ask(new SimpleIndex(INDEX), `${INDEX}/rich/`);
    expect(JSON.parse(answer?.text ?? "").files).toMatchObject([{ filename }]);
  });

  it.each([-1, 0.5, "1000", null])("with the invalid size %j is read without a size", async (size) => {
    const hashes = { sha256: "0".repeat(64) };
    const files = [
      { filename: WHEEL, url: WHEEL, hashes, size, "requires-python": 3, yanked: [], "core-metadata": "yes" },
    ];
    vi.stubGlobal("fetch", async () => Response.json({ files, name: null }));
    const answer = await ask(new SimpleIndex(INDEX), `${INDEX}/rich/`);
    expect(JSON.parse(answer?.text ?? "").files).toEqual([{ filename: WHEEL, url: `${INDEX}/${WHEEL}`, hashes }]);
  });

  it("has absolute URLs, and mentions a metadata file only if it has a hash", async () => {
    await serve({
      rich: [
        { filename: WHEEL, url: `../../files/${WHEEL}#sha256=0`, metadata: "hashed" },
        { filename: "rich-12.0-py3-none-any.whl", metadata: "unhashed" },
      ],
    });
    const answer = await ask(new SimpleIndex(INDEX), `${INDEX}/rich/`);
    const [first, second] = JSON.parse(answer?.text ?? "").files;
    expect(first).toMatchObject({
      url: `https://index.example/files/${WHEEL}`,
      "core-metadata": { sha256: expect.any(String) },
    });
    expect(second).not.toHaveProperty("core-metadata");
  });

  it("of an unknown project is a response, not a problem", async () => {
    await serve({});
    const index = new SimpleIndex(INDEX);
    expect(await ask(index, `${INDEX}/rich/`)).toMatchObject({ status: 404 });
    expect(index.filesOf("rich")).toBeNull();
  });

  it.each([
    ["not JSON", "<html>"],
    ["empty", ""],
    ["in another format", '{"releases": {}}'],
    ["of the wrong type", '{"files": {"__proto__": []}}'],
    ["a list of something else", '{"files": [null]}'],
  ])("that is %s is a problem", async (_, text) => {
    vi.stubGlobal("fetch", async () => new Response(text));
    await expect(ask(new SimpleIndex(INDEX), `${INDEX}/rich/`)).rejects.toThrow(
      "index.example returned an invalid response for rich.",
    );
  });
});

describe("a request", () => {
  it.each([
    `${INDEX}/rich`,
    `${INDEX}/rich/../secrets/`,
    `${INDEX}/rich/?code=1`,
    `${INDEX}/Rich/`,
    "https://index.example/other/rich/",
    "https://elsewhere.example/simple/rich/",
    `${FILES}unlisted-1.0-py3-none-any.whl`,
    `${FILES}rich-14.0-py3-none-any.whl`,
    `${FILES}${WHEEL}?code=1`,
    `${FILES}${WHEEL}.metadata`,
    "data:text/plain,1",
    "",
  ])("for %s is refused", async (url) => {
    const requests = await serve({
      rich: [{ filename: WHEEL }, { filename: "rich-14.0-py3-none-any.whl", yanked: true }],
    });
    const index = new SimpleIndex(INDEX);
    await ask(index, `${INDEX}/rich/`);
    expect(await ask(index, url)).toBeNull();
    expect(requests).toHaveLength(1);
  });

  it("sends no cookies and no referrer", async () => {
    const requests = await serve({ rich: [{ filename: WHEEL, metadata: "hashed" }] });
    const index = new SimpleIndex(`${INDEX}/`);
    for (const url of [`${INDEX}/rich/`, FILES + WHEEL, `${FILES}${WHEEL}.metadata`])
      expect(await ask(index, url)).not.toBeNull();
    expect(requests).toHaveLength(3);
    for (const [, init] of requests) expect(init).toMatchObject({ credentials: "omit", referrerPolicy: "no-referrer" });
  });

  it("is sent once, unless it fails", async () => {
    const requests = await serve({ rich: [] });
    const index = new SimpleIndex(INDEX);
    await ask(index, `${INDEX}/rich/`);
    await ask(index, `${INDEX}/rich/`);
    expect(requests).toHaveLength(1);
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("offline")));
    await expect(ask(index, `${INDEX}/other/`)).rejects.toThrow(
      "Could not reach index.example to fetch other. Check your connection.",
    );
    await serve({ other: [] });
    expect(await ask(index, `${INDEX}/other/`)).toMatchObject({ status: 200 });
  });

  it.each<[string, () => Response, string]>([
    ["a server error", () => new Response("", { status: 500 }), "did not return rich (HTTP 500)."],
    ["a connection that breaks", () => failingBody(new TypeError("network error")), "Could not reach index.example"],
    [
      "a server that is too slow",
      () => failingBody(new DOMException("", "TimeoutError")),
      "index.example did not return rich within 30 seconds.",
    ],
    ["an endless response", endless, "returned more than 60 MB for rich, which exceeds this page's limit."],
  ])("fails with %s", async (_, respond, message) => {
    vi.stubGlobal("fetch", async () => respond());
    await expect(ask(new SimpleIndex(INDEX), `${INDEX}/rich/`)).rejects.toThrow(message);
  });

  it("is aborted by its signal", async () => {
    vi.stubGlobal("fetch", async (_: URL, { signal }: RequestInit) => {
      signal?.throwIfAborted();
      return new Response();
    });
    await expect(new SimpleIndex(INDEX).fetch(`${INDEX}/rich/`, AbortSignal.abort())).rejects.toThrow(
      "Could not reach",
    );
  });
});

function failingBody(error: unknown): Response {
  return new Response(new ReadableStream({ pull: (controller) => controller.error(error) }));
}

function endless(): Response {
  return new Response(new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(10_000_000)) }));
}

describe("a wheel", () => {
  it("is returned with its project and version", async () => {
    await serve({ rich: [{ filename: WHEEL }] });
    const index = new SimpleIndex(INDEX);
    await ask(index, `${INDEX}/rich/`);
    await ask(index, FILES + WHEEL);
    expect(index.wheel(FILES + WHEEL)).toMatchObject({ project: "rich", version: "13.0" });
    expect(() => index.wheel(`${FILES}other.whl`)).toThrow("not fetched");
  });

  it("with the wrong hash is a problem", async () => {
    await serve({ rich: [{ filename: WHEEL, sha256: "0".repeat(64) }] });
    const index = new SimpleIndex(INDEX);
    await ask(index, `${INDEX}/rich/`);
    await expect(ask(index, FILES + WHEEL)).rejects.toThrow("its SHA-256 does not match.");
  });
});

it.each(["", "index", "ftp://index.example/simple", "javascript:alert(1)"])("the URL %j is not an index", (url) => {
  expect(() => new SimpleIndex(url)).toThrow("This page's package index is not a valid URL");
});
