/**
 * Stands in for `SandboxedFrame` in the build of the page that browser tests use: each request is answered by the engine in the
 * test's own Python, through the test's server, instead of by Pyodide in a sandboxed frame. Everything above it is the real page.
 */

import type { FrameEvents } from "../../src/runtime/frame.ts";
import type { WorkerMessage } from "../../src/runtime/sandbox/messages.ts";

const STAGES = ["core", "ready", "complete"];

export class SandboxedFrame {
  readonly #process = crypto.getRandomValues(new Uint32Array(2)).join("-");
  readonly #events: Pick<FrameEvents, "onMessage" | "onError">;
  readonly #closing = new AbortController();
  #last: Promise<void> = Promise.resolve();

  constructor(events: Pick<FrameEvents, "onMessage" | "onError">) {
    this.#events = events;
  }

  send(message: WorkerMessage): void {
    this.#last = this.#last
      .then(() => this.#take(message))
      .catch((failure: unknown) => {
        if (!this.#closing.signal.aborted) this.#events.onError(String(failure));
      });
  }

  /** There are no files to read. */
  deliver(): void {}

  close(): void {
    this.#closing.abort();
  }

  async #take(message: WorkerMessage): Promise<void> {
    if (message.kind === "expect") {
      for (const stage of STAGES) this.#pass(JSON.stringify({ kind: "stage", stage, seconds: 0 }));
    } else if (message.kind === "request") {
      for await (const reply of this.#ask(JSON.stringify({ life: this.#process, request: message.request })))
        this.#pass(reply);
    }
  }

  /** The replies to one request as they come: one JSON text in each line. */
  async *#ask(body: string): AsyncGenerator<string> {
    const response = await fetch("/native-python", { method: "POST", body, signal: this.#closing.signal });
    if (!response.ok || response.body === null) throw new Error(`native Python answered with HTTP ${response.status}`);
    let text = "";
    for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
      const lines = (text + piece).split("\n");
      text = lines.pop() ?? "";
      yield* lines;
    }
  }

  #pass(reply: string): void {
    if (!this.#closing.signal.aborted) this.#events.onMessage(reply);
  }
}
