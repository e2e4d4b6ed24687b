/**
 * Isolates code from different origins. An interpreter runs code from the site and from at most one other origin. Code may
 * change anything in its interpreter. Therefore, code from a third origin waits until all requests are answered, and runs in a
 * new interpreter.
 */

import { Superseded } from "./failures.ts";
import type { CodeOrigin } from "./runtime.ts";

export interface OriginQueueHost {
  /** Return whether all requests have been answered. */
  isIdle(): boolean;
  /** Replace the Python process and call `reset`. */
  replace(): void;
}

interface Job {
  kind: "run" | "export";
  session: string;
  origin: CodeOrigin;
}

interface WaitingJob extends Job {
  start(): void;
  reject(reason: Error): void;
}

export class OriginQueue {
  readonly #host: OriginQueueHost;
  /** The foreign origin (not the site's) whose code has run in this interpreter. */
  #otherOrigin: CodeOrigin | null = null;
  #waiting: WaitingJob[] = [];

  constructor(host: OriginQueueHost) {
    this.#host = host;
  }

  /** Call `start` as soon as code from the job's origin may run. `start` must send its request synchronously. */
  enqueue<Answer>(job: Job, start: () => Promise<Answer>): Promise<Answer> {
    if (this.#waiting.length === 0 && this.#admits(job.origin)) return start();
    if (job.kind === "run") this.#supersede(job.session);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...job, reject, start: () => void start().then(resolve, reject) });
      this.advance();
    });
  }

  /** Start the waiting jobs. Call this when all requests have been answered. */
  advance(): void {
    for (let job = this.#waiting[0]; job !== undefined; job = this.#waiting[0]) {
      if (!this.#admits(job.origin)) {
        if (!this.#host.isIdle()) return;
        this.#host.replace();
        this.#admits(job.origin);
      }
      this.#waiting.shift();
      job.start();
    }
  }

  /** Call this for a new interpreter, in which no code has run. */
  reset(): void {
    this.#otherOrigin = null;
  }

  rejectAll(reason: Error): void {
    this.#rejectWhere(() => true, reason);
  }

  rejectSession(session: string, reason: Error): void {
    this.#rejectWhere((job) => job.session === session, reason);
  }

  #supersede(session: string): void {
    const reason = new Superseded("A newer request replaced this one.");
    this.#rejectWhere((job) => job.kind === "run" && job.session === session, reason);
  }

  #rejectWhere(matches: (job: Job) => boolean, reason: Error): void {
    const rejected = this.#waiting.filter(matches);
    this.#waiting = this.#waiting.filter((job) => !matches(job));
    for (const job of rejected) job.reject(reason);
  }

  /** Return whether code from an origin may run in this interpreter, and record the origin if so. */
  #admits(origin: CodeOrigin): boolean {
    if (origin === "site") return true;
    this.#otherOrigin ??= origin;
    return this.#otherOrigin === origin;
  }
}
