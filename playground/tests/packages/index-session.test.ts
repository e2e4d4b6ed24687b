import { afterEach, expect, it, vi } from "vitest";
import { IndexSession } from "../../src/packages/index-session.ts";
import { SimpleIndex } from "../../src/packages/simple-index.ts";
import { type FakeFile, FILES, INDEX, serve } from "./local-index.ts";

const WHEEL = "rich-13.0-py3-none-any.whl";

afterEach(() => vi.unstubAllGlobals());

function sessionOf(index: SimpleIndex, onWheel: (wheel: unknown) => void = () => {}): IndexSession {
  return new IndexSession(index, { onWheel, signal: new AbortController().signal });
}

async function download(index: SimpleIndex, changes: Partial<FakeFile> = {}): Promise<IndexSession> {
  await serve({ rich: [{ filename: WHEEL, ...changes }] });
  const session = sessionOf(index);
  await session.serve(`${INDEX}/rich/`);
  await session.serve(FILES + WHEEL);
  return session;
}

it("a wheel is reported before it is fetched", async () => {
  await serve({ rich: [{ filename: WHEEL }] });
  const reported: unknown[] = [];
  const session = sessionOf(new SimpleIndex(INDEX), (wheel) => reported.push(wheel));
  await session.serve(`${INDEX}/rich/`);
  expect(reported).toEqual([]);
  void session.serve(FILES + WHEEL);
  expect(reported).toEqual([{ file: WHEEL, bytes: 1000 }]);
});

it("simultaneous requests for a URL are combined into one", async () => {
  const requests = await serve({ rich: [] });
  const session = sessionOf(new SimpleIndex(INDEX));
  await Promise.all([session.serve(`${INDEX}/rich/`), session.serve(`${INDEX}/rich/`)]);
  expect(requests).toHaveLength(1);
});

it("the first problem is kept, and the next selection starts without one", async () => {
  const index = new SimpleIndex(INDEX);
  const session = await download(index, { sha256: "0".repeat(64) });
  await session.serve("data:text/plain,1");
  expect(session.problem?.message).toContain("its SHA-256 does not match.");
  expect(sessionOf(index).problem).toBeNull();
});

it("a request that is not allowed is not a problem", async () => {
  await serve({});
  const session = sessionOf(new SimpleIndex(INDEX));
  expect(await session.serve("https://elsewhere.example/?code=1")).toBeNull();
  expect(session.problem).toBeNull();
});

it("too many projects are a problem for one selection only", async () => {
  await serve({ rich: [] });
  const index = new SimpleIndex(INDEX);
  const session = sessionOf(index);
  for (let number = 0; number < 60; number++) await session.serve(`${INDEX}/p${number}/`);
  expect(session.problem).toBeNull();
  await session.serve(`${INDEX}/last/`);
  expect(session.problem?.message).toBe("This would fetch more than 60 packages, which exceeds this page's limit.");
  const next = sessionOf(index);
  expect(await next.serve(`${INDEX}/rich/`)).toMatchObject({ status: 200 });
  expect(next.problem).toBeNull();
});

it("too many bytes are a problem for one selection only", async () => {
  const tooLarge = "rich-14.0-py3-none-any.whl";
  await serve({ rich: [{ filename: WHEEL }, { filename: tooLarge, size: 60_000_001 }] });
  const index = new SimpleIndex(INDEX);
  const session = sessionOf(index);
  await session.serve(`${INDEX}/rich/`);
  expect(await session.serve(FILES + tooLarge)).toBeNull();
  expect(session.problem?.message).toContain("take up more than 60 MB");
  const next = sessionOf(index);
  expect(await next.serve(FILES + WHEEL)).toMatchObject({ status: 200 });
  expect(next.problem).toBeNull();
});

it("the received bytes are counted, whatever the listing reports", async () => {
  const big = new ArrayBuffer(30_000_001);
  const sha256 = Buffer.from(await crypto.subtle.digest("SHA-256", big)).toString("hex");
  const files = [1, 2].map((version) => ({
    filename: `rich-${version}-py3-none-any.whl`,
    url: `${FILES}${version}`,
    hashes: { sha256 },
    size: version,
  }));
  vi.stubGlobal("fetch", async (url: URL) =>
    url.href.startsWith(FILES) ? new Response(big) : Response.json({ files }),
  );
  const session = sessionOf(new SimpleIndex(INDEX));
  await session.serve(`${INDEX}/rich/`);
  expect(await session.serve(`${FILES}1`)).not.toBeNull();
  expect(await session.serve(`${FILES}2`)).toBeNull();
  expect(session.problem?.message).toContain("take up more than 60 MB");
});
