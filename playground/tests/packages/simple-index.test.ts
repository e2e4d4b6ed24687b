import { afterEach, describe, expect, it, vi } from "vitest";
import { SimpleIndex } from "../../src/packages/simple-index.ts";
import { FILES, INDEX, serve } from "./local-index.ts";

const WHEEL = "rich-13.0-py3-none-any.whl";

afterEach(() => vi.unstubAllGlobals());

async function ask(index: SimpleIndex, url: string) {
  const response = await index.serve(url, () => {});
  return response && { ...response, text: new TextDecoder().decode(response.bytes) };
}

describe("a listing", () => {
  it("leaves out what micropip would not refuse", async () => {
    await serve({
      rich: [
        { filename: WHEEL },
        { filename: "rich-14.0-py3-none-any.whl", yanked: "broken" },
        { filename: "rich-15.0-py3-none-any.whl", python: ">=3.13" },
        { filename: "rich-16.0-cp312-cp312-pyodide_2024_0_wasm32.whl" },
        { filename: "rich-17.0.tar.gz" },
        { filename: "rich-18.0-py3-none-any.whl", sha256: null },
        { filename: "rich-19.0-py3-none-any.whl", url: "ftp://files.example/rich-19.0-py3-none-any.whl" },
      ],
    });
    const answer = await ask(new SimpleIndex(INDEX), `${INDEX}/rich/`);
    expect(JSON.parse(answer?.text ?? "").files).toMatchObject([{ filename: WHEEL, url: FILES + WHEEL }]);
  });

  it("has absolute URLs, and the metadata only with its hash", async () => {
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
    expect(index.problem).toBeNull();
    expect(index.filesOf("rich")).toBeNull();
  });

  it.each([
    ["not JSON", "<html>"],
    ["of another form", '{"releases": {}}'],
  ])("that is %s is a problem", async (_, text) => {
    vi.stubGlobal("fetch", async () => new Response(text));
    const index = new SimpleIndex(INDEX);
    expect(await ask(index, `${INDEX}/rich/`)).toBeNull();
    expect(index.problem?.message).toContain("index.example returned an invalid response for rich.");
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

  it("carries no cookies and no address of the page", async () => {
    const requests = await serve({ rich: [{ filename: WHEEL, metadata: "hashed" }] });
    const index = new SimpleIndex(`${INDEX}/`);
    for (const url of [`${INDEX}/rich/`, FILES + WHEEL, `${FILES}${WHEEL}.metadata`])
      expect(await ask(index, url)).not.toBeNull();
    expect(requests).toHaveLength(3);
    for (const [, init] of requests) expect(init).toMatchObject({ credentials: "omit", referrerPolicy: "no-referrer" });
  });

  it("is carried out once, unless it failed", async () => {
    const requests = await serve({ rich: [] });
    const index = new SimpleIndex(INDEX);
    await ask(index, `${INDEX}/rich/`);
    await ask(index, `${INDEX}/rich/`);
    expect(requests).toHaveLength(1);
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("offline")));
    expect(await ask(index, `${INDEX}/other/`)).toBeNull();
    expect(index.problem?.message).toBe("Could not reach index.example to fetch other. Check your connection.");
    await serve({ other: [] });
    index.retry();
    expect(await ask(index, `${INDEX}/other/`)).toMatchObject({ status: 200 });
    expect(index.problem).toBeNull();
  });

  it("of too many projects is a problem", async () => {
    await serve({});
    const index = new SimpleIndex(INDEX);
    for (let number = 0; number < 60; number++) await ask(index, `${INDEX}/p${number}/`);
    expect(index.problem).toBeNull();
    await ask(index, `${INDEX}/last/`);
    expect(index.problem?.message).toBe("This needs more than 60 packages.");
  });
});

describe("a wheel", () => {
  it("is reported before it is fetched, and returned with its project and version", async () => {
    await serve({ rich: [{ filename: WHEEL }] });
    const index = new SimpleIndex(INDEX);
    await ask(index, `${INDEX}/rich/`);
    const reported: unknown[] = [];
    await index.serve(FILES + WHEEL, (wheel) => reported.push(wheel));
    expect(reported).toEqual([{ file: WHEEL, bytes: 1000 }]);
    expect(await index.wheel(FILES + WHEEL)).toMatchObject({ project: "rich", version: "13.0" });
    await expect(index.wheel(`${FILES}other.whl`)).rejects.toThrow("not fetched");
  });

  it.each([
    ["another hash", { sha256: "0".repeat(64) }, "its SHA-256 does not match."],
    ["too many bytes", { size: 60_000_001 }, "take up more than 60 MB"],
  ])("with %s is a problem", async (_, changes, message) => {
    await serve({ rich: [{ filename: WHEEL, ...changes }] });
    const index = new SimpleIndex(INDEX);
    await ask(index, `${INDEX}/rich/`);
    expect(await ask(index, FILES + WHEEL)).toBeNull();
    expect(index.problem?.message).toContain(message);
  });
});

it.each(["", "index", "ftp://index.example/simple", "javascript:alert(1)"])("the URL %j is not an index", (url) => {
  expect(() => new SimpleIndex(url)).toThrow("This page's package index is not a valid URL");
});
