/**
 * Whose code may run in the present Python: that of the site and of one other origin. Code that has run may have changed
 * anything in Python, so code of a further origin waits until every request is answered, and runs in a new Python.
 */

import { Superseded } from "./failures.ts";
import type { CodeOrigin } from "./runtime.ts";

export interface TurnsHost {
  /** Whether every request has been answered. */
  isIdle(): boolean;
  /** Replaces Python, and calls `renew`. */
  replace(): void;
}

interface Turn {
  kind: "run" | "export";
  session: string;
  origin: CodeOrigin;
}

interface WaitingTurn extends Turn {
  begin(): void;
  reject(reason: Error): void;
}

export class Turns {
  readonly #host: TurnsHost;
  /** The origin, besides the site, whose code has run in this Python. */
  #guest: CodeOrigin | null = null;
  #waiting: WaitingTurn[] = [];

  constructor(host: TurnsHost) {
    this.#host = host;
  }

  /** Calls `ask` as soon as code of the turn's origin may run. It sends the request before it returns. */
  take<Answer>(turn: Turn, ask: () => Promise<Answer>): Promise<Answer> {
    if (this.#waiting.length === 0 && this.#admits(turn.origin)) return ask();
    if (turn.kind === "run") this.#supersede(turn.session);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...turn, reject, begin: () => void ask().then(resolve, reject) });
      this.serve();
    });
  }

  /** To be called when the requests before have been answered. */
  serve(): void {
    for (let turn = this.#waiting[0]; turn !== undefined; turn = this.#waiting[0]) {
      if (!this.#admits(turn.origin)) {
        if (!this.#host.isIdle()) return;
        this.#host.replace();
        this.#admits(turn.origin);
      }
      this.#waiting.shift();
      turn.begin();
    }
  }

  /** There is a new Python, in which nothing has run. */
  renew(): void {
    this.#guest = null;
  }

  rejectAll(reason: Error): void {
    this.#rejectWhere(() => true, reason);
  }

  rejectSession(session: string, reason: Error): void {
    this.#rejectWhere((turn) => turn.session === session, reason);
  }

  #supersede(session: string): void {
    const reason = new Superseded("A newer request took its place.");
    this.#rejectWhere((turn) => turn.kind === "run" && turn.session === session, reason);
  }

  #rejectWhere(chosen: (turn: Turn) => boolean, reason: Error): void {
    const rejected = this.#waiting.filter(chosen);
    this.#waiting = this.#waiting.filter((turn) => !chosen(turn));
    for (const turn of rejected) turn.reject(reason);
  }

  /** Whether code of an origin may run here; from then on it counts as having run. */
  #admits(origin: CodeOrigin): boolean {
    if (origin === "site") return true;
    this.#guest ??= origin;
    return this.#guest === origin;
  }
}
