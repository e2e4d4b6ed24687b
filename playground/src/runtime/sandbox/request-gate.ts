/** A gate for the page's requests: Python answers each request as soon as the modules that the request needs are available. */

import type { Reply, Request } from "../../protocol.ts";
import { IdleTask } from "./idle-task.ts";
import { messageOf } from "./message-of.ts";
import type { Bridge } from "./python.ts";

/** After this long without a request, Python collects garbage, so that it need not do so during a run. */
const IDLE_MILLISECONDS = 1_000;

export class RequestGate {
  readonly #send: (reply: string) => void;
  readonly #needLibrary: () => void;
  readonly #needPacks: (packs: string[]) => void;
  #bridge: Bridge | null = null;
  #collection: IdleTask | null = null;
  #hasLibrary = false;
  #awaitsPacks = false;
  #awaitsOptionalPacks = false;
  #waiting: Request[] = [];

  /**
   * @param needLibrary requests the library files; called for each request that waits for them, and after each run
   * @param needPacks requests packs that a request imports
   */
  constructor(send: (reply: string) => void, needLibrary: () => void, needPacks: (packs: string[]) => void) {
    this.#send = send;
    this.#needLibrary = needLibrary;
    this.#needPacks = needPacks;
  }

  /** Start answering requests that need no library files, such as outlines. */
  connect(bridge: Bridge): void {
    this.#bridge = bridge;
    this.#collection = new IdleTask(bridge.collectGarbage, IDLE_MILLISECONDS);
    this.#retry();
  }

  /** Start answering all requests. Call this once all library files are installed. */
  libraryReady(): void {
    this.#hasLibrary = true;
    this.#retry();
  }

  /** Hold requests that may import packs. */
  packsExpected(): void {
    this.#awaitsPacks = true;
  }

  /** Answer the requests that waited for packs. Call this once all expected packs are installed. */
  packsReady(): void {
    this.#awaitsPacks = false;
    this.#retry();
  }

  /** Drop the requests that wait for packs. The page no longer expects an answer. */
  packsFailed(): void {
    this.#awaitsPacks = false;
    this.#waiting = this.#waiting.filter((request) => !mayImport(request));
  }

  /** Hold requests for attributes. */
  optionalPacksExpected(): void {
    this.#awaitsOptionalPacks = true;
    this.#needLibrary();
  }

  /** Answer the requests that waited for optional packs, including a run that imports one of them. */
  optionalPacksSettled(): void {
    this.#awaitsOptionalPacks = false;
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
    this.#collection?.schedule();
    const waitsForPacks = reply === null && this.#isHeld(request);
    if (!waitsForPacks && (reply === null || request.kind === "run")) this.#needLibrary();
  }

  /** Return the reply; null if the request must wait for library files or packs. */
  #answer(bridge: Bridge, request: Request): string | null {
    const needs = this.#hasLibrary ? "none" : needsOf(request);
    if (needs === "all" || this.#isHeld(request)) return null;
    if (this.#awaitsOptionalPacks && request.kind === "attributes") return null;
    try {
      const text = JSON.stringify(request);
      if (this.#hasLibrary) return this.#attempt(bridge, text);
      return needs === "none" ? bridge.answer(text, this.#send) : (bridge.early(text, this.#send) ?? null);
    } catch (error) {
      // The bridge catches all Python exceptions, so this is a crash of Python itself.
      const { id, session } = request;
      return JSON.stringify({ id, session, kind: "crashed", message: messageOf(error) } satisfies Reply);
    }
  }

  /** Return whether a request waits for packs. */
  #isHeld(request: Request): boolean {
    return this.#awaitsPacks && mayImport(request);
  }

  #attempt(bridge: Bridge, request: string): string | null {
    const packs: string[] = [];
    const reply = bridge.attempt(request, this.#send, (pack) => packs.push(pack));
    if (reply !== undefined) return reply;
    this.#needPacks(packs);
    return null;
  }

  #retry(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const request of waiting) this.receive(request);
  }
}

/** Return whether a request runs code, which may import packs. */
function mayImport({ kind }: Request): boolean {
  return kind === "run" || kind === "export" || kind === "check";
}

/** Return which library files a request may need: none, some (determined while answering) or all. */
function needsOf(request: Request): "none" | "some" | "all" {
  switch (request.kind) {
    case "outline":
    case "close":
      return "none";
    case "run":
    case "preview": // previewing or comparing a value runs code from the value's library
    case "complete":
    case "compare":
      return "some";
    case "export":
      return request.export === "dot" || request.export === "mermaid" ? "none" : "all";
    case "check":
    case "attributes":
    case "describe":
      return "all";
  }
}
