import { zstdCompressSync } from "node:zlib";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  type DecompressionAnswer,
  type DecompressionTask,
  DecompressionWorker,
} from "../../src/runtime/decompression-worker.ts";

const CONTENT = new TextEncoder().encode("numpy, compiled");
const FILE = new Blob([zstdCompressSync(CONTENT)]);

/** A worker whose answers are sent by the test. */
class FakeWorker {
  readonly tasks: DecompressionTask[] = [];
  isEnded = false;
  onmessage: (event: { data: DecompressionAnswer }) => void = () => {};
  onerror: () => void = () => {};

  postMessage(task: DecompressionTask): void {
    this.tasks.push(task);
  }

  terminate(): void {
    this.isEnded = true;
  }

  answer(at: number, answer: { content: ArrayBuffer } | { error: string }): void {
    this.onmessage({ data: { id: this.tasks[at]?.id ?? -1, ...answer } });
  }
}

let workers: FakeWorker[];

function start(): Worker {
  const worker = new FakeWorker();
  workers.push(worker);
  return worker as unknown as Worker;
}

async function text(content: Promise<ArrayBuffer>): Promise<string> {
  return new TextDecoder().decode(await content);
}

const encoded = (content: string): ArrayBuffer => new TextEncoder().encode(content).buffer;

beforeEach(() => {
  workers = [];
  vi.useFakeTimers();
});

afterEach(() => vi.useRealTimers());

test("each file gets its own answer", async () => {
  const { decompress } = new DecompressionWorker(start);
  const [first, second] = [decompress(FILE), decompress(FILE)];
  workers[0]?.answer(1, { content: encoded("second") });
  workers[0]?.answer(0, { content: encoded("one") });
  expect([await text(first), await text(second)]).toEqual(["one", "second"]);
  expect(workers).toHaveLength(1);
});

test("a damaged file is rejected, and the next one is decompressed", async () => {
  const { decompress } = new DecompressionWorker(start);
  const damaged = decompress(FILE);
  workers[0]?.answer(0, { error: "Error: unexpected EOF" });
  await expect(damaged).rejects.toThrow("unexpected EOF");
  const next = decompress(FILE);
  workers[0]?.answer(1, { content: encoded("one") });
  expect(await text(next)).toBe("one");
});

test("an idle worker is terminated, and the next file starts another", async () => {
  const { decompress } = new DecompressionWorker(start);
  const first = decompress(FILE);
  vi.runAllTimers();
  expect(workers[0]?.isEnded).toBe(false);
  workers[0]?.answer(0, { content: encoded("one") });
  await first;
  vi.runAllTimers();
  expect(workers[0]?.isEnded).toBe(true);
  void decompress(FILE);
  expect(workers).toHaveLength(2);
});

test("files are decompressed on the page if the worker cannot be started", async () => {
  const { decompress } = new DecompressionWorker(() => {
    throw new DOMException("The script is from another origin.", "SecurityError");
  });
  expect(await text(decompress(FILE))).toBe("numpy, compiled");
});

test("files are decompressed on the page if the worker's script cannot be loaded", async () => {
  const { decompress } = new DecompressionWorker(start);
  const waiting = decompress(FILE);
  workers[0]?.onerror();
  expect(await text(waiting)).toBe("numpy, compiled");
  expect(await text(decompress(FILE))).toBe("numpy, compiled");
  expect(workers).toHaveLength(1);
});
