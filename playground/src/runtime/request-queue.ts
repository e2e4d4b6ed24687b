/** The requests to Python that have not been answered, and the replies that they expect. */

import type { ElementsView, Exchanges, NodeState, Reply, Request } from "../protocol.ts";
import type { Envelope } from "./envelope.ts";
import { Superseded } from "./failures.ts";
import { MAX_STATES } from "./limits.ts";
import { ANSWERS } from "./wire.ts";

type Kind = keyof Exchanges;
type Params<K extends Kind> = Omit<Exchanges[K]["request"], "id" | "kind">;
type Answer<K extends Kind> = Exchanges[K]["reply"];
/**
 * Kinds of requests that wait until the previous request of the same kind is answered. Only the newest waiting request is sent.
 */
const CHANNELED: ReadonlySet<Request["kind"]> = new Set<Request["kind"]>(["outline", "run", "complete", "attributes"]);

type StateListener = (node: string, state: NodeState, elements?: ElementsView) => void;

interface PendingRequest {
  request: Request;
  onState: StateListener | undefined;
  resolve: (answer: Reply) => void;
  reject: (reason: Error) => void;
  /** The number of states that the run may still report. */
  statesLeft: number;
}

/**
 * A queue that sends, for each session, at most one outline, one run and one completion of each kind at a time. Python answers
 * one request at a time, and results for outdated code are useless. Therefore, when several requests of one of these kinds are
 * waiting, only the newest is sent.
 */
export class RequestQueue {
  readonly #pending = new Map<number, PendingRequest>();
  readonly #waiting = new Map<string, PendingRequest>();
  #unsent: Request[] = [];
  #send: ((request: Request) => void) | null = null;
  #lastId = 0;
  readonly #onIdle: () => void;

  /** @param onIdle is called when every request has been answered or rejected */
  constructor(onIdle: () => void = () => {}) {
    this.#onIdle = onIdle;
  }

  /** True if every request has been answered or rejected. */
  get isIdle(): boolean {
    return this.#pending.size === 0 && this.#waiting.size === 0;
  }

  /** Send requests with `send`, starting with those that are waiting. */
  connect(send: (request: Request) => void): void {
    this.#send = send;
    const unsent = this.#unsent;
    this.#unsent = [];
    unsent.forEach(send);
  }

  /** Hold requests until the next `connect`. */
  disconnect(): void {
    this.#send = null;
  }

  request<K extends Kind>(kind: K, params: Params<K>, onState?: StateListener): Promise<Answer<K>> {
    const request = { ...params, kind, id: ++this.#lastId } as unknown as Request;
    return new Promise<Reply>((resolve, reject) => {
      const pending: PendingRequest = { request, onState, resolve, reject, statesLeft: MAX_STATES };
      const channel = channelOf(request);
      if (channel !== null && this.#isBusy(channel)) {
        this.#waiting.get(channel)?.reject(new Superseded("A newer request replaced this one."));
        this.#waiting.set(channel, pending);
      } else {
        this.#dispatch(pending);
      }
    }) as Promise<Answer<K>>;
  }

  /** Return whether a reply is expected, based only on its envelope. */
  expects({ id, session, kind }: Envelope): boolean {
    const pending = this.#pending.get(id);
    if (pending === undefined || pending.request.session !== session) return false;
    if (kind !== "state") return kind === "crashed" || kind === ANSWERS[pending.request.kind];
    pending.statesLeft -= 1;
    return pending.request.kind === "run" && pending.statesLeft >= 0;
  }

  /** Resolve the request that a reply answers. Unexpected replies are dropped. */
  receive(reply: Reply): void {
    if (!("id" in reply)) return;
    const pending = this.#pending.get(reply.id);
    if (pending === undefined || pending.request.session !== reply.session) return;
    if (reply.kind === "state") {
      pending.onState?.(reply.node, reply.state, reply.elements);
    } else if (reply.kind === ANSWERS[pending.request.kind]) {
      this.#pending.delete(reply.id);
      this.#sendWaiting(channelOf(pending.request));
      pending.resolve(reply);
      if (this.isIdle) this.#onIdle();
    }
  }

  rejectAll(reason: Error): void {
    this.#rejectWhere(() => true, reason);
  }

  /** Reject all requests of a session. Return whether Python is busy with one of them. */
  rejectSession(session: string, reason: Error): boolean {
    const ofSession = (request: Request): boolean => request.session === session;
    const unsent = new Set(this.#unsent);
    const isBusy = [...this.#pending.values()].some(({ request }) => ofSession(request) && !unsent.has(request));
    this.#rejectWhere(ofSession, reason);
    return isBusy;
  }

  #rejectWhere(matches: (request: Request) => boolean, reason: Error): void {
    this.#unsent = this.#unsent.filter((request) => !matches(request));
    for (const queue of [this.#pending, this.#waiting] as Map<unknown, PendingRequest>[]) {
      for (const [key, { request, reject }] of queue) {
        if (!matches(request)) continue;
        queue.delete(key);
        reject(reason);
      }
    }
    if (this.isIdle) this.#onIdle();
  }

  #dispatch(pending: PendingRequest): void {
    this.#pending.set(pending.request.id, pending);
    if (this.#send === null) this.#unsent.push(pending.request);
    else this.#send(pending.request);
  }

  #sendWaiting(channel: string | null): void {
    if (channel === null) return;
    const pending = this.#waiting.get(channel);
    this.#waiting.delete(channel);
    if (pending !== undefined) this.#dispatch(pending);
  }

  #isBusy(channel: string): boolean {
    for (const { request } of this.#pending.values()) if (channelOf(request) === channel) return true;
    return false;
  }
}

function channelOf(request: Request): string | null {
  return CHANNELED.has(request.kind) ? `${request.kind} ${request.session}` : null;
}
