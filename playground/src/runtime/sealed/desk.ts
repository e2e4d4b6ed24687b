/** Takes the page's requests as they come, and answers each as soon as what it needs is there. */

import type { Reply, Request } from "../../protocol.ts";
import type { Bridge } from "./python.ts";

/** After this long without a request, the packages that the newest code imports are imported ahead of its run. */
const IDLE_MILLISECONDS = 150;

export class Desk {
  readonly #send: (reply: string) => void;
  /** Top-level modules that will come or have come with a package. */
  readonly #packaged = new Set<string>();
  /** Those of them that are not there yet. */
  readonly #awaited = new Set<string>();
  readonly #warmed = new Set<string>();
  #bridge: Bridge | null = null;
  #stocked = false;
  #waiting: Request[] = [];
  #newest = "";
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(send: (reply: string) => void) {
    this.#send = send;
  }

  expect(modules: readonly string[]): void {
    for (const module of modules) {
      this.#packaged.add(module);
      this.#awaited.add(module);
    }
  }

  arrived(modules: readonly string[]): void {
    for (const module of modules) this.#awaited.delete(module);
    this.#retry();
  }

  /** From now on graphs are answered: all that they take is in memory. */
  open(bridge: Bridge): void {
    this.#bridge = bridge;
    this.#retry();
  }

  /** The standard library is there: from now on code can run. */
  stocked(): void {
    this.#stocked = true;
    this.#retry();
  }

  ask(request: Request): void {
    const text = JSON.stringify(request);
    if (request.kind === "close") this.#waiting = this.#waiting.filter((other) => other.session !== request.session);
    if (this.#bridge === null || this.#mustWait(this.#bridge, request, text)) {
      this.#waiting.push(request);
    } else {
      this.#send(this.#answer(this.#bridge, request, text));
    }
    if (request.kind === "outline" || request.kind === "run") this.#newest = text;
    this.#rest();
  }

  #answer(bridge: Bridge, request: Request, text: string): string {
    try {
      return bridge.answer(text, this.#send);
    } catch (failure) {
      // The bridge answers for everything that Python raises; what comes here is the end of Python itself.
      const { id, session } = request;
      return JSON.stringify({ kind: "crashed", id, session, message: String(failure) } satisfies Reply);
    }
  }

  #retry(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const request of waiting) this.ask(request);
    this.#rest();
  }

  #mustWait(bridge: Bridge, request: Request, text: string): boolean {
    if (!runsCode(request)) return false;
    return (
      !this.#stocked || (this.#awaited.size > 0 && imports(bridge, text).some((module) => this.#awaited.has(module)))
    );
  }

  /** Importing pandas takes a second, which a visitor who is reading the code does not notice. */
  #rest(): void {
    clearTimeout(this.#idle);
    if (this.#warmed.size === this.#packaged.size) return;
    this.#idle = setTimeout(() => {
      if (this.#bridge === null || !this.#stocked || this.#newest === "") return;
      const next = imports(this.#bridge, this.#newest).find(
        (module) => this.#packaged.has(module) && !this.#awaited.has(module) && !this.#warmed.has(module),
      );
      if (next === undefined) return;
      this.#warmed.add(next);
      try {
        this.#bridge.warm(next);
      } catch {
        // Then the run that needs it will say what is wrong.
      }
      this.#rest();
    }, IDLE_MILLISECONDS);
  }
}

function runsCode(request: Request): boolean {
  if (request.kind === "take") return request.what !== "dot" && request.what !== "mermaid";
  return request.kind === "run";
}

function imports(bridge: Bridge, request: string): string[] {
  try {
    return JSON.parse(bridge.importedBy(request));
  } catch {
    // Code may have done anything to Python before this; the answer to the request will tell of it.
    return [];
  }
}
