/** One life of Python: a sealed frame from its first file to its end. Another life begins with another frame. */

import type { BootStage, Reply, Request } from "../protocol.ts";
import { type Announcement, type Envelope, envelopeOf } from "./envelope.ts";
import { BootFailed, Crashed, crashed } from "./failures.ts";
import { SealedFrame } from "./frame.ts";
import { Inflow } from "./rate-limit.ts";
import { MOST_ALARMS, RATES, RATES_OF_UNASKED } from "./limits.ts";
import { type FileStage, type RuntimeFile, readManifest } from "./manifest.ts";
import { readReply } from "./replies.ts";
import type { Supply } from "./runtime-files.ts";

/** A boot of which nothing has been seen for so long has failed: Pyodide itself can wait for ever. */
const PATIENCE_MILLISECONDS = 45_000;
/** For the first run, before what nobody waits for. */
const LEISURE_MILLISECONDS = 5_000;
const LONGEST_REASON = 500;
const STAGES: readonly BootStage[] = ["fetch", "core", "ready", "complete"];

export interface Witness {
  booting(stage: BootStage, done: number, of: number): void;
  /** Requests are answered from now on. */
  ready(): void;
  /** Every file is there. */
  complete(): void;
  /** Whether a reply of this kind is awaited; if not, it is dropped unread. */
  awaits(envelope: Envelope): boolean;
  heard(reply: Reply): void;
  /** It is over: with a `BootFailed` if something it needs could not be had, with a `Crashed` if it broke at work. */
  died(reason: BootFailed | Crashed): void;
}

export class Life {
  readonly #supply: Supply;
  readonly #witness: Witness;
  readonly #frame: SealedFrame;
  readonly #fetching = new AbortController();
  readonly #inflow = new Inflow(RATES);
  readonly #unasked = new Inflow(RATES_OF_UNASKED);
  readonly #delivered = new Set<RuntimeFile>();
  readonly #missed = new Set<RuntimeFile>();
  #phase: "booting" | "ready" | "over" = "booting";
  #stage: BootStage = "fetch";
  #hasRun = false;
  #alarms = 0;
  #isExplaining = false;
  #patience: ReturnType<typeof setTimeout> | undefined;

  /** @param manifest the address of the list of files */
  constructor(manifest: URL, supply: Supply, witness: Witness) {
    this.#supply = supply;
    this.#witness = witness;
    this.#frame = new SealedFrame({
      onMessage: (message) => this.#hear(message),
      onError: (reason) => this.#alarm(reason),
      onUnreadable: (file) => void this.#fetchAgain(file),
      // Not started again by itself: the page that navigates the frame would do it again.
      onNavigated: () => this.#die(new BootFailed("Another page replaced the frame in which Python runs.")),
    });
    this.#progress();
    this.#deliver(manifest).catch((failure: unknown) => {
      this.#die(failure instanceof BootFailed ? failure : new BootFailed(String(failure)));
    });
  }

  /** Must come before the requests that need it. */
  install(wheel: ArrayBuffer): void {
    this.#frame.send({ kind: "wheel", bytes: wheel });
  }

  ask(request: Request): void {
    if (request.kind === "run") this.#hasRun = true;
    this.#frame.send({ kind: "ask", request });
  }

  end(): void {
    this.#phase = "over";
    clearTimeout(this.#patience);
    this.#fetching.abort();
    this.#frame.close();
  }

  /** What is needed later must not take the line away from what is needed first. */
  async #deliver(manifest: URL): Promise<void> {
    const { files } = await readManifest(manifest);
    if (this.#phase === "over") return;
    this.#frame.send({
      kind: "expect",
      files: files.map(({ name, stage }) => ({ name, stage })),
    });
    const of = (stage: FileStage): RuntimeFile[] => files.filter((file) => file.stage === stage);
    const hear = this.#fetchProgress([...of("core"), ...of("memory")]);
    // The memory is written once all else is compiled and linked, so that its file may come after theirs.
    await this.#deliverAll(of("core"), hear);
    await this.#deliverAll(of("memory"), hear);
    await this.#deliverAll(of("library"));
    if (!isControlled()) await this.#supply.tidy(files); // a service worker knows of other versions in use
  }

  /** Tells of each percent that has come, while there is nothing else to tell. */
  #fetchProgress(files: readonly RuntimeFile[]): (count: number) => void {
    const of = files.reduce((sum, file) => sum + file.transfer, 0);
    let done = 0;
    let shown = -1;
    return (count) => {
      done += count;
      const percent = Math.floor((100 * done) / of);
      if (this.#stage === "fetch" && percent > shown) this.#witness.booting("fetch", done, of);
      shown = percent;
    };
  }

  async #deliverAll(files: readonly RuntimeFile[], onBytes: (count: number) => void = () => {}): Promise<void> {
    await Promise.all(files.map((file) => this.#deliverOne(file, onBytes)));
  }

  async #deliverOne(file: RuntimeFile, onBytes: (count: number) => void): Promise<void> {
    const blob = await this.#supply.load(file, this.#fetching.signal, (count) => {
      this.#progress();
      onBytes(count);
    });
    this.#delivered.add(file);
    if (this.#phase !== "over") this.#frame.deliver({ name: file.name, blob });
  }

  /** A kept copy that cannot be read any more, since the browser may throw its storage away at any time. */
  async #fetchAgain(name: string): Promise<void> {
    const file = [...this.#delivered].find((one) => one.name === name);
    try {
      if (file === undefined || this.#missed.has(file)) throw new BootFailed(`Python's file ${name} cannot be read.`);
      this.#missed.add(file);
      await this.#supply.forget(file);
      await this.#deliverOne(file, () => {});
    } catch (failure) {
      this.#die(failure instanceof BootFailed ? failure : new BootFailed(String(failure)));
    }
  }

  /** Looks for a damaged copy, of which nothing need have been noticed. */
  async #examine(): Promise<void> {
    for (const file of this.#delivered) {
      if (this.#phase === "over") return;
      if (!(await this.#supply.isSound(file))) this.#die(damaged(file.name));
    }
  }

  /** A start from a damaged copy may fail in any way. */
  async #explain(message: string): Promise<void> {
    if (this.#isExplaining) return;
    this.#isExplaining = true;
    await this.#examine();
    // Once code has run, whatever is missing may be missing because of it.
    if (this.#hasRun) this.#die(crashed(message));
    else this.#die(new BootFailed(message.slice(0, LONGEST_REASON)));
  }

  #hear(message: unknown): void {
    if (this.#phase === "over") return;
    const now = performance.now();
    if (this.#inflow.overflowsWith(message, now)) {
      this.#overflow();
      return;
    }
    const envelope = envelopeOf(message);
    if (envelope !== null && !this.#awaits(envelope)) {
      if (this.#unasked.overflowsWith(message, now)) this.#overflow();
      return;
    }
    const reply = envelope === null ? null : readReply(message as string, envelope);
    if (reply === null) {
      this.#die(new Crashed("Python said something that this page does not understand, and was started again."));
    } else if (reply.kind === "stage") {
      this.#reach(reply.stage);
    } else if (reply.kind === "boot-failed") {
      void this.#explain(reply.message);
    } else {
      this.#witness.heard(reply);
    }
  }

  /** Each stage is reached once, and in order: code that runs in Python could announce them for ever. */
  #awaits(envelope: Envelope | Announcement): boolean {
    if (envelope.id !== null) return this.#witness.awaits(envelope);
    if (envelope.stage === null) return !this.#isExplaining;
    return STAGES.indexOf(envelope.stage) > STAGES.indexOf(this.#stage);
  }

  #alarm(reason: string): void {
    this.#alarms += 1;
    if (this.#alarms > MOST_ALARMS) this.#overflow();
    // Later, an error that nobody caught is one of the visitor's code, and Python goes on.
    else if (this.#phase === "booting") this.#die(new BootFailed(reason));
  }

  #overflow(): void {
    this.#die(new Crashed("Python said more than this page can take in, and was started again."));
  }

  #reach(stage: BootStage): void {
    this.#stage = stage;
    this.#progress();
    if (stage === "ready" && this.#phase === "booting") {
      this.#phase = "ready";
      clearTimeout(this.#patience);
      this.#witness.ready();
    } else if (this.#phase === "booting") {
      this.#witness.booting(stage, 0, 1);
    } else if (stage === "complete") {
      this.#witness.complete();
      setTimeout(() => void this.#examine(), LEISURE_MILLISECONDS);
    }
  }

  #progress(): void {
    clearTimeout(this.#patience);
    if (this.#phase !== "booting") return;
    this.#patience = setTimeout(() => {
      const seconds = PATIENCE_MILLISECONDS / 1000;
      this.#die(
        new BootFailed(`Python did not start: nothing happened for ${seconds} seconds (stage: ${this.#stage}).`),
      );
    }, PATIENCE_MILLISECONDS);
  }

  #die(reason: BootFailed | Crashed): void {
    if (this.#phase === "over") return;
    this.end();
    this.#witness.died(reason);
  }
}

/** The copy has been forgotten, so that another start fetches the file. */
function damaged(name: string): Crashed {
  return new Crashed(`The copy of Python's file ${name} that this browser kept was damaged.`);
}

/** Whether a service worker answers for this page. Where storage is refused, even to look for one is an error. */
function isControlled(): boolean {
  try {
    return Boolean(navigator.serviceWorker?.controller);
  } catch {
    return false;
  }
}
