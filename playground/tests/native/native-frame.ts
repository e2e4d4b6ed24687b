/**
 * A replacement for `PythonFrame` in the build for browser tests: the engine in the test's Python answers each request through
 * the test's server, instead of Pyodide in a sandboxed frame. Everything else is the real page.
 */

import type { FrameEvents } from "../../src/runtime/frame.ts";
import type { WorkerMessage } from "../../src/runtime/sandbox/messages.ts";

const STAGES = ["core", "ready", "complete"];

export class PythonFrame {
  readonly #process = crypto.getRandomValues(new Uint32Array(2)).join("-");
  readonly #events: Pick<FrameEvents, "onMessage" | "onError">;
  readonly #closing = new AbortController();
  #last: Promise<void> = Promise.resolve();

  constructor(events: Pick<FrameEvents, "onMessage" | "onError">) {
    this.#events = events;
  }

  send(message: WorkerMessage): void {
    this.#last = this.#last
      .then(() => this.#handle(message))
      .catch((failure: unknown) => {
        if (!this.#closing.signal.aborted) this.#events.onError(String(failure));
      });
  }

  /** Do nothing: there are no files. */
  deliver(): void {}

  close(): void {
    this.#closing.abort();
  }

  async #handle(message: WorkerMessage): Promise<void> {
    if (message.kind === "expect") {
      for (const stage of STAGES) this.#receive(JSON.stringify({ kind: "stage", stage, seconds: 0 }));
    } else if (message.kind === "request") {
      for await (const reply of this.#request(JSON.stringify({ process: this.#process, request: message.request })))
        this.#receive(reply);
    }
  }

  /** Yield the replies to a request as they arrive, one JSON text per line. */
  async *#request(body: string): AsyncGenerator<string> {
    const response = await fetch("/native-python", { method: "POST", body, signal: this.#closing.signal });
    if (!response.ok || response.body === null) throw new Error(`Native Python answered with HTTP ${response.status}.`);
    let text = "";
    for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
      const lines = (text + piece).split("\n");
      text = lines.pop() ?? "";
      yield* lines;
    }
  }

  #receive(reply: string): void {
    if (!this.#closing.signal.aborted) this.#events.onMessage(reply);
  }
}
