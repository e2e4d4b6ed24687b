/** Takes the page's requests as they come, and answers each as soon as what it needs is there. */

import type { Reply, Request } from "../../protocol.ts";
import { messageOf } from "./message-of.ts";
import type { Bridge } from "./python.ts";

export class Desk {
  readonly #send: (reply: string) => void;
  #bridge: Bridge | null = null;
  #stocked = false;
  #waiting: Request[] = [];

  constructor(send: (reply: string) => void) {
    this.#send = send;
  }

  /** From now on graphs are answered: all that they take is in memory. */
  open(bridge: Bridge): void {
    this.#bridge = bridge;
    this.#retry();
  }

  /** Every module's file is there: from now on code can run. */
  stocked(): void {
    this.#stocked = true;
    this.#retry();
  }

  ask(request: Request): void {
    if (request.kind === "close") this.#waiting = this.#waiting.filter((other) => other.session !== request.session);
    if (this.#bridge === null || (runsCode(request) && !this.#stocked)) this.#waiting.push(request);
    else this.#send(this.#answer(this.#bridge, request));
  }

  #answer(bridge: Bridge, request: Request): string {
    try {
      return bridge.answer(JSON.stringify(request), this.#send);
    } catch (failure) {
      // The bridge answers for everything that Python raises; what comes here is the end of Python itself.
      const { id, session } = request;
      return JSON.stringify({ id, session, kind: "crashed", message: messageOf(failure) } satisfies Reply);
    }
  }

  #retry(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const request of waiting) this.ask(request);
  }
}

function runsCode(request: Request): boolean {
  if (request.kind === "take") return request.what !== "dot" && request.what !== "mermaid";
  return request.kind === "run" || request.kind === "check";
}
