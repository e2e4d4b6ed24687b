/** A gate for the page's requests: Python answers each as soon as the modules that it needs are available. */

import type { Reply, Request } from "../../protocol.ts";
import { messageOf } from "./message-of.ts";
import type { Bridge } from "./python.ts";

export class RequestGate {
  readonly #send: (reply: string) => void;
  readonly #needLibrary: () => void;
  #bridge: Bridge | null = null;
  #hasLibrary = false;
  #waiting: Request[] = [];

  /** @param needLibrary requests the library files; called for each request that waits for them, and after each run */
  constructor(send: (reply: string) => void, needLibrary: () => void) {
    this.#send = send;
    this.#needLibrary = needLibrary;
  }

  /** Start answering requests that need no library files, such as outlines. */
  connect(bridge: Bridge): void {
    this.#bridge = bridge;
    this.#retry();
  }

  /** Start answering all requests. Call this once all library files are installed. */
  libraryReady(): void {
    this.#hasLibrary = true;
    this.#retry();
  }

  receive(request: Request): void {
    if (request.kind === "close") this.#waiting = this.#waiting.filter((other) => other.session !== request.session);
    if (this.#bridge === null) {
      this.#waiting.push(request);
      return;
    }
    const reply = this.#answer(this.#bridge, request);
    if (reply === null) this.#waiting.push(request);
    else this.#send(reply);
    if (reply === null || request.kind === "run") this.#needLibrary();
  }

  /** Return null if the request must wait for library files. */
  #answer(bridge: Bridge, request: Request): string | null {
    const needs = this.#hasLibrary ? "none" : needsOf(request);
    if (needs === "all") return null;
    try {
      const text = JSON.stringify(request);
      return needs === "none" ? bridge.answer(text, this.#send) : (bridge.early(text, this.#send) ?? null);
    } catch (error) {
      // The bridge catches all Python exceptions, so this is a crash of Python itself.
      const { id, session } = request;
      return JSON.stringify({ id, session, kind: "crashed", message: messageOf(error) } satisfies Reply);
    }
  }

  #retry(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const request of waiting) this.receive(request);
  }
}

/** Return which library files a request may need: none, some (found out while answering) or all. */
function needsOf(request: Request): "none" | "some" | "all" {
  switch (request.kind) {
    case "outline":
    case "close":
      return "none";
    case "run":
    case "preview": // previewing or comparing a value runs its library's code
    case "compare":
      return "some";
    case "export":
      return request.export === "dot" || request.export === "mermaid" ? "none" : "all";
    case "check":
      return "all";
  }
}
