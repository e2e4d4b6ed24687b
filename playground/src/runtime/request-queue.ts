/** The requests that have not been answered yet, and which of their replies may still be heard. */

import type { Exchanges, NodeState, Reply, Request } from "../protocol.ts";
import type { Envelope } from "./envelope.ts";
import { Superseded } from "./failures.ts";
import { MOST_STATES } from "./limits.ts";
import { ANSWERS } from "./wire.ts";

type Kind = keyof Exchanges;
type Wish<K extends Kind> = Omit<Exchanges[K]["request"], "id" | "kind">;
type Answer<K extends Kind> = Exchanges[K]["reply"];
type Reporting = (node: string, state: NodeState) => void;

interface Question {
  request: Request;
  onState: Reporting | undefined;
  resolve: (answer: Reply) => void;
  reject: (reason: Error) => void;
  /** How many states the run may still report. */
  statesLeft: number;
}

/**
 * A session has at most one outline and one run under way. One more of either waits, and only the newest of those that
 * wait is ever sent: Python answers one request at a time, and what was asked before the last key press is of no use.
 */
export class Questions {
  readonly #asked = new Map<number, Question>();
  readonly #waiting = new Map<string, Question>();
  #unsent: Request[] = [];
  #send: ((request: Request) => void) | null = null;
  #lastId = 0;
  readonly #onIdle: () => void;

  /** @param onIdle is called when no request is left without an answer */
  constructor(onIdle: () => void = () => {}) {
    this.#onIdle = onIdle;
  }

  /** Whether every request has been answered or rejected. */
  get isIdle(): boolean {
    return this.#asked.size === 0 && this.#waiting.size === 0;
  }

  /** Requests go to `send` from now on, those first that came while nobody was there. */
  open(send: (request: Request) => void): void {
    this.#send = send;
    const unsent = this.#unsent;
    this.#unsent = [];
    unsent.forEach(send);
  }

  /** Nobody is there any more; requests are kept until `open`. */
  shut(): void {
    this.#send = null;
  }

  ask<K extends Kind>(kind: K, wish: Wish<K>, onState?: Reporting): Promise<Answer<K>> {
    const request = { ...wish, kind, id: ++this.#lastId } as unknown as Request;
    return new Promise<Reply>((resolve, reject) => {
      const question: Question = { request, onState, resolve, reject, statesLeft: MOST_STATES };
      const lane = laneOf(request);
      if (lane !== null && this.#isBusy(lane)) {
        this.#waiting.get(lane)?.reject(new Superseded("A newer request took its place."));
        this.#waiting.set(lane, question);
      } else {
        this.#put(question);
      }
    }) as Promise<Answer<K>>;
  }

  /** Whether a reply of this kind is awaited. Nothing else of it needs to be known. */
  awaits({ id, session, kind }: Envelope): boolean {
    const question = this.#asked.get(id);
    if (question === undefined || question.request.session !== session) return false;
    if (kind !== "state") return kind === "crashed" || kind === ANSWERS[question.request.kind];
    question.statesLeft -= 1;
    return question.request.kind === "run" && question.statesLeft >= 0;
  }

  /** Passes a reply to whom it answers. A reply that nobody waits for, or of the wrong kind or session, is dropped. */
  hear(reply: Reply): void {
    if (!("id" in reply)) return;
    const question = this.#asked.get(reply.id);
    if (question === undefined || question.request.session !== reply.session) return;
    if (reply.kind === "state") {
      question.onState?.(reply.node, reply.state);
    } else if (reply.kind === ANSWERS[question.request.kind]) {
      this.#asked.delete(reply.id);
      this.#next(laneOf(question.request));
      question.resolve(reply);
      if (this.isIdle) this.#onIdle();
    }
  }

  rejectAll(reason: Error): void {
    this.#rejectWhere(() => true, reason);
  }

  /** Rejects every request of a session. Returns whether Python has received one that it has not answered. */
  rejectSession(session: string, reason: Error): boolean {
    const ofSession = (request: Request): boolean => request.session === session;
    const unsent = new Set(this.#unsent);
    const isBusy = [...this.#asked.values()].some(({ request }) => ofSession(request) && !unsent.has(request));
    this.#rejectWhere(ofSession, reason);
    return isBusy;
  }

  #rejectWhere(chosen: (request: Request) => boolean, reason: Error): void {
    this.#unsent = this.#unsent.filter((request) => !chosen(request));
    for (const questions of [this.#asked, this.#waiting] as Map<unknown, Question>[]) {
      for (const [key, { request, reject }] of questions) {
        if (!chosen(request)) continue;
        questions.delete(key);
        reject(reason);
      }
    }
    if (this.isIdle) this.#onIdle();
  }

  #put(question: Question): void {
    this.#asked.set(question.request.id, question);
    if (this.#send === null) this.#unsent.push(question.request);
    else this.#send(question.request);
  }

  #next(lane: string | null): void {
    if (lane === null) return;
    const question = this.#waiting.get(lane);
    this.#waiting.delete(lane);
    if (question !== undefined) this.#put(question);
  }

  #isBusy(lane: string): boolean {
    for (const { request } of this.#asked.values()) if (laneOf(request) === lane) return true;
    return false;
  }
}

function laneOf(request: Request): string | null {
  return request.kind === "outline" || request.kind === "run" ? `${request.kind} ${request.session}` : null;
}
