/** Decompression in a worker. On the main thread, a large file would block typing and scrolling for a quarter of a second. */

import { type Decompress, decompress } from "./decompression.ts";
import { Deferred } from "./deferred.ts";

export interface DecompressionTask {
  id: number;
  file: Blob;
}

export type DecompressionAnswer = { id: number; content: ArrayBuffer } | { id: number; error: string };

type Pending = DecompressionTask & { content: Deferred<ArrayBuffer> };

/** A worker that has been idle for this long is terminated to free its memory. */
const IDLE_MILLISECONDS = 10_000;

export class DecompressionWorker {
  readonly #start: () => Worker;
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | null = null;
  #isUnavailable = false;
  #count = 0;
  #idleTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(start = () => new Worker(new URL("./decompression.worker.ts", import.meta.url), { type: "module" })) {
    this.#start = start;
  }

  readonly decompress: Decompress = (file) => {
    const worker = this.#available();
    if (worker === null) return decompress(file);
    const pending: Pending = { id: this.#count++, file, content: new Deferred() };
    this.#pending.set(pending.id, pending);
    worker.postMessage({ id: pending.id, file } satisfies DecompressionTask);
    return pending.content.promise;
  };

  /**
   * Return the worker, or null if the page cannot start it, for instance because its scripts come from another site.
   */
  #available(): Worker | null {
    clearTimeout(this.#idleTimer);
    if (this.#worker !== null || this.#isUnavailable) return this.#worker;
    try {
      this.#worker = this.#start();
    } catch {
      this.#isUnavailable = true;
      return null;
    }
    this.#worker.onmessage = ({ data }: MessageEvent<DecompressionAnswer>) => this.#settle(data);
    this.#worker.onerror = () => this.#takeOver();
    return this.#worker;
  }

  #settle(answer: DecompressionAnswer): void {
    const content = this.#pending.get(answer.id)?.content;
    this.#pending.delete(answer.id);
    if ("content" in answer) content?.resolve(answer.content);
    else content?.reject(new Error(answer.error));
    if (this.#pending.size === 0) this.#idleTimer = setTimeout(() => this.#end(), IDLE_MILLISECONDS);
  }

  /** The worker's script could not be loaded: decompress in this thread from now on. */
  #takeOver(): void {
    this.#isUnavailable = true;
    this.#end();
    const tasks = [...this.#pending.values()];
    this.#pending.clear();
    for (const { file, content } of tasks) decompress(file).then(content.resolve, content.reject);
  }

  #end(): void {
    this.#worker?.terminate();
    this.#worker = null;
  }
}
