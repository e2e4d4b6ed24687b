/** Takes the page's requests as they come, and answers each as soon as what it needs is there. */

import type { Reply, Request } from "../../protocol.ts";
import { messageOf } from "./message-of.ts";
import type { Bridge } from "./python.ts";

export class RequestGate {
  readonly #send: (reply: string) => void;
  #bridge: Bridge | null = null;
  #hasLibrary = false;
  #waiting: Request[] = [];

  constructor(send: (reply: string) => void) {
    this.#send = send;
  }

  /** From now on graphs are answered: all that they take is in memory. */
  connect(bridge: Bridge): void {
    this.#bridge = bridge;
    this.#retry();
  }

  /** Every module's file is there: from now on any code can run. */
  libraryReady(): void {
    this.#hasLibrary = true;
    this.#retry();
  }

  receive(request: Request): void {
    if (request.kind === "close") this.#waiting = this.#waiting.filter((other) => other.session !== request.session);
    const reply = this.#bridge === null ? null : this.#answer(this.#bridge, request);
    if (reply === null) this.#waiting.push(request);
    else this.#send(reply);
  }

  /** Null for a request that has to wait until every module's file is there. */
  #answer(bridge: Bridge, request: Request): string | null {
    const needs = this.#hasLibrary ? "none" : needsOf(request);
    if (needs === "all") return null;
    try {
      const text = JSON.stringify(request);
      return needs === "none" ? bridge.answer(text, this.#send) : (bridge.early(text, this.#send) ?? null);
    } catch (failure) {
      // The bridge answers for everything that Python raises; what comes here is the end of Python itself.
      const { id, session } = request;
      return JSON.stringify({ id, session, kind: "crashed", message: messageOf(failure) } satisfies Reply);
    }
  }

  #retry(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const request of waiting) this.receive(request);
  }
}

/** Which files of modules a request may need: none, those that Python finds out about while it answers, or any. */
function needsOf(request: Request): "none" | "some" | "all" {
  switch (request.kind) {
    case "outline":
    case "close":
      return "none";
    case "run":
    case "preview": // showing or comparing a value runs code of its library
    case "compare":
      return "some";
    case "export":
      return request.export === "dot" || request.export === "mermaid" ? "none" : "all";
    case "check":
      return "all";
  }
}
