/** A Python process, from its first file to its exit. Each process has a new sandboxed frame. */

import type { BootStage, Reply, Request } from "../protocol.ts";
import { Deferred } from "./deferred.ts";
import { DownloadProgress } from "./download-progress.ts";
import { type Announcement, type Envelope, envelopeOf } from "./envelope.ts";
import { BootFailed, Crashed, crashFrom } from "./failures.ts";
import { MAX_ERRORS, MAX_PACK_REQUESTS, RATE_LIMITS, UNEXPECTED_RATES } from "./limits.ts";
import { type FileStage, type RuntimeFile, readManifest } from "./manifest.ts";
import { PackLoader, type PackProgress } from "./pack-loader.ts";
import { PackTable } from "./packs.ts";
import { Preload } from "./preload.ts";
import { PythonFrame } from "./python-frame.ts";
import { RateLimit } from "./rate-limit.ts";
import { readReply } from "./replies.ts";
import type { RuntimeFiles } from "./runtime-files.ts";

/** A boot without progress for this long has failed; Pyodide itself can hang. */
const TIMEOUT_MILLISECONDS = 45_000;
/** Python waits at most this long to learn which modules the code imports. It waits only if a preload is available. */
const PRELOAD_MILLISECONDS = 5_000;
/** The delay gives the first run priority over verifying the cached files. */
const VERIFY_DELAY_MILLISECONDS = 5_000;
const MAX_REASON_LENGTH = 500;
const STAGES: readonly BootStage[] = ["fetch", "core", "ready", "complete"];

export interface ProcessEvents {
  booting(stage: BootStage, done: number, of: number, secondsLeft: number | null): void;
  /** Python is ready to answer requests. */
  ready(): void;
  /** All files have been loaded. */
  complete(): void;
  /** Packs are loading; `progress` is null once all requested packs are loaded. */
  loadingPacks(progress: PackProgress | null): void;
  /** A pack could not be loaded, so the requests that need it will not be answered. */
  packsFailed(reason: BootFailed): void;
  /** Return whether a reply is expected; other replies are dropped without being parsed. */
  expects(envelope: Envelope): boolean;
  received(reply: Reply): void;
  /** Python has exited: `BootFailed` if it could not start, `Crashed` if it failed later. */
  exited(reason: BootFailed | Crashed): void;
}

interface Delivery {
  /**
   * Resolves when all bytes have arrived. The next files can then use the bandwidth. Decompression and verification may still
   * be in progress.
   */
  arrived: Promise<void>;
  delivered: Promise<void>;
}

export class PythonProcess {
  readonly #files: RuntimeFiles;
  readonly #events: ProcessEvents;
  readonly #frame: PythonFrame;
  /** Resolved when Python needs the files that it can start without. Loaded earlier, they would slow down the first run. */
  readonly #libraryNeeded = new Deferred<void>();
  #isLibraryNeeded = false;
  /** Resolved when all files that Python starts with have arrived. */
  readonly #startArrived = new Deferred<void>();
  readonly #packs: PackLoader;
  /** Resolves to the modules that the page's code imports. */
  readonly #firstModules = new Deferred<ReadonlySet<string>>();
  /** Resolved if Python starts with packs. */
  readonly #preloading = new Deferred<void>();
  #preload: Preload | null = null;
  /** False once a memory snapshot has turned out to be incompatible with this browser. */
  #fitsSnapshots = true;
  #packRequests = 0;
  readonly #fetchController = new AbortController();
  readonly #rateLimit = new RateLimit(RATE_LIMITS);
  readonly #unexpectedRateLimit = new RateLimit(UNEXPECTED_RATES);
  readonly #delivered = new Set<RuntimeFile>();
  readonly #refetched = new Set<RuntimeFile>();
  #phase: "booting" | "ready" | "over" = "booting";
  #stage: BootStage = "fetch";
  #hasRun = false;
  #errors = 0;
  #isDiagnosing = false;
  #timeout: ReturnType<typeof setTimeout> | undefined;

  /** @param manifest the URL of the list of files */
  constructor(manifest: URL, files: RuntimeFiles, events: ProcessEvents) {
    this.#files = files;
    this.#events = events;
    this.#frame = new PythonFrame({
      onMessage: (message) => this.#receive(message),
      onError: (reason) => this.#reportError(reason),
      onUnreadable: (file) => void this.#fetchAgain(file),
      // Not restarted automatically: the page that navigated the frame would navigate it again.
      onNavigated: () => this.#exit(new BootFailed("Another page was loaded into the frame that runs Python.")),
    });
    this.#packs = new PackLoader({
      announce: (names) => this.#frame.send({ kind: "packs", names }),
      announceOptional: (names) => this.#frame.send({ kind: "optional-packs", names }),
      started: Promise.race([this.#startArrived.promise, this.#preloading.promise]),
      deliver: (file, onBytes) => this.#deliverOne(file, onBytes),
      progressed: (progress) => this.#reportPacks(progress),
      failed: (reason) => this.#failPacks(reason),
    });
    this.#progress();
    this.#deliver(manifest).catch((error: unknown) => this.#fail(error));
  }

  /** Install a wheel. Call this before sending requests that need it. */
  install(wheel: ArrayBuffer): void {
    this.#frame.send({ kind: "wheel", bytes: wheel });
  }

  /** Report the modules that the open code imports, before the code runs. Only the first call has an effect. */
  expectModules(modules: ReadonlySet<string>): void {
    this.#firstModules.resolve(modules);
  }

  /** Load the packs that contain these modules. Call this before sending requests that import them. */
  loadModules(modules: Iterable<string>): void {
    this.#packs.loadModules(modules);
  }

  /** Load the packs that contain these modules, in the background. Rejects if one cannot be loaded. */
  loadOptional(modules: Iterable<string>): Promise<void> {
    return this.#packs.loadOptional(modules);
  }

  send(request: Request): void {
    if (request.kind === "run") this.#hasRun = true;
    this.#frame.send({ kind: "request", request });
  }

  end(): void {
    this.#phase = "over";
    clearTimeout(this.#timeout);
    this.#fetchController.abort();
    this.#frame.close();
  }

  /** Deliver files in the order in which Python needs them, so the first files get the full bandwidth. */
  async #deliver(manifest: URL): Promise<void> {
    const { files } = await readManifest(manifest);
    if (this.#phase === "over") return;
    const expected = files.filter(({ stage }) => stage !== "resolver" && stage !== "pack" && stage !== "preload");
    const packs = new PackTable(files);
    this.#frame.send({
      kind: "expect",
      files: expected.map(({ name, stage }) => ({ name, stage })),
      packs: Object.fromEntries(packs.files),
    });
    this.#packs.start(packs);
    this.#preload = new Preload(files, packs);
    void this.#choosePreload(this.#preload);
    const filesOf = (stage: FileStage): RuntimeFile[] => files.filter((file) => file.stage === stage);
    const onBytes = this.#fetchProgress([...filesOf("core"), ...filesOf("memory")]);
    const deliveries: Promise<void>[] = [];
    // The memory files follow the core files, because the memory is filled only after the extensions are compiled and linked.
    for (const stage of ["core", "memory", "library"] as const) {
      if (stage === "library") {
        this.#startArrived.resolve();
        await this.#libraryNeeded.promise;
      }
      const { arrived, delivered } = this.#deliverAll(filesOf(stage), stage === "library" ? () => {} : onBytes);
      deliveries.push(delivered);
      delivered.catch((error: unknown) => this.#fail(error)); // report a failure immediately, not after the other files
      await arrived;
    }
    await Promise.all(deliveries);
    // A service worker removes stale files itself, because it knows which versions are in use.
    if (!isControlled()) await this.#files.removeStale(files);
  }

  /** Start Python with packs if the code imports them and all files are on this device. */
  async #choosePreload(preload: Preload): Promise<void> {
    const isAvailable = await preload.isAvailable(this.#files);
    if (isAvailable) setTimeout(() => this.#firstModules.resolve(new Set()), PRELOAD_MILLISECONDS);
    const isChosen = isAvailable && preload.isImportedBy(await this.#firstModules.promise);
    if (this.#phase === "over") return;
    const [packs, files] = isChosen ? [preload.packs, preload.files] : [[], []];
    this.#frame.send({ kind: "preload", packs: packs.map(({ name }) => name), files: files.map(({ name }) => name) });
    if (!isChosen) return;
    this.#preloading.resolve();
    const deliver = (file: RuntimeFile): void =>
      void this.#deliverOne(file, () => {}).catch((error: unknown) => this.#fail(error));
    const [plan, ...others] = files;
    if (plan !== undefined) deliver(plan); // first, because it lists the extensions that have to be compiled
    this.#packs.loadNamed(packs.map(({ name }) => name));
    others.forEach(deliver);
  }

  /** If the packs of the preload have been used, cache its files, so that Python can start from them next time. */
  async #cachePreload(): Promise<void> {
    const preload = this.#preload;
    if (!this.#fitsSnapshots || !preload?.packs.every((file) => this.#delivered.has(file))) return;
    for (const file of preload.files) {
      if (this.#phase === "over") return;
      await this.#files.load(file, this.#fetchController.signal, () => {});
    }
  }

  /** Report the download's progress during the fetch stage, at most once per percent. */
  #fetchProgress(files: readonly RuntimeFile[]): (count: number) => void {
    const progress = new DownloadProgress(sizeOf(files));
    let shown = -1;
    return (count) => {
      progress.add(count, performance.now());
      const { done, total, secondsLeft } = progress;
      const percent = Math.floor((100 * done) / total);
      if (this.#stage === "fetch" && percent > shown) this.#events.booting("fetch", done, total, secondsLeft);
      shown = percent;
    };
  }

  #deliverAll(files: readonly RuntimeFile[], onBytes: (count: number) => void): Delivery {
    let remaining = sizeOf(files);
    const arrived = new Deferred<void>();
    const count = (bytes: number): void => {
      onBytes(bytes);
      remaining -= bytes;
      if (remaining <= 0) arrived.resolve();
    };
    const delivered = Promise.all(files.map((file) => this.#deliverOne(file, count))).then(() => {});
    // The received bytes might not add up to the total, because the browser may have decompressed a file.
    return { arrived: Promise.race([arrived.promise, delivered]), delivered };
  }

  async #deliverOne(file: RuntimeFile, onBytes: (count: number) => void): Promise<void> {
    const blob = await this.#files.load(file, this.#fetchController.signal, (count) => {
      this.#progress();
      onBytes(count);
    });
    this.#delivered.add(file);
    if (this.#phase !== "over") this.#frame.deliver({ name: file.name, blob });
  }

  /** Fetch a file whose cached copy can no longer be read: browsers may delete stored data at any time. */
  async #fetchAgain(name: string): Promise<void> {
    const file = [...this.#delivered].find((delivered) => delivered.name === name);
    try {
      if (file === undefined || this.#refetched.has(file))
        throw new BootFailed(`The browser's copy of the runtime file ${name} cannot be read.`);
      this.#refetched.add(file);
      await this.#files.evict(file);
      await this.#deliverOne(file, () => {});
    } catch (error) {
      this.#fail(error);
    }
  }

  #reportPacks(progress: PackProgress | null): void {
    if (this.#phase === "over") return;
    this.#events.loadingPacks(progress);
    if (progress === null) setTimeout(() => void this.#finishPacks(), VERIFY_DELAY_MILLISECONDS);
  }

  async #finishPacks(): Promise<void> {
    await this.#verifyFiles();
    await this.#cachePreload().catch(() => {}); // Python can start without these files
  }

  /** Python continues without the packs. The next request that needs the packs tries to load them again. */
  #failPacks(reason: unknown): void {
    if (this.#phase === "over") return;
    this.#frame.send({ kind: "packs-failed" });
    this.#events.packsFailed(reason instanceof BootFailed ? reason : new BootFailed(String(reason)));
  }

  /** Check the delivered files for damage that has not caused an error. */
  async #verifyFiles(): Promise<void> {
    for (const file of this.#delivered) {
      if (this.#phase === "over") return;
      if (!(await this.#files.isIntact(file))) this.#exit(damagedFileError(file.name));
    }
  }

  /** Find the cause of a failure. A damaged file can cause any error. */
  async #diagnose(message: string): Promise<void> {
    if (this.#isDiagnosing) return;
    this.#isDiagnosing = true;
    await this.#verifyFiles();
    // If code has run, it may be the cause.
    if (this.#hasRun) this.#exit(crashFrom(message));
    else this.#exit(new BootFailed(message.slice(0, MAX_REASON_LENGTH)));
  }

  #receive(message: unknown): void {
    if (this.#phase === "over") return;
    const now = performance.now();
    if (this.#rateLimit.isExceededBy(message, now)) {
      this.#exceedRateLimit();
      return;
    }
    const envelope = envelopeOf(message);
    if (envelope !== null && !this.#expects(envelope)) {
      if (this.#unexpectedRateLimit.isExceededBy(message, now)) this.#exceedRateLimit();
      return;
    }
    const reply = envelope === null ? null : readReply(message as string, envelope);
    if (reply === null) {
      this.#exit(new Crashed("Python sent an invalid message and was restarted."));
    } else if (reply.kind === "stage") {
      this.#enterStage(reply.stage);
    } else if (reply.kind === "boot-failed") {
      void this.#diagnose(reply.message);
    } else if (reply.kind === "packs") {
      this.#packs.loadNamed(reply.packs);
    } else {
      this.#events.received(reply);
    }
  }

  /** Accept each stage once and in order, because code in Python could announce stages forever. */
  #expects(envelope: Envelope | Announcement): boolean {
    if (envelope.id !== null) return this.#events.expects(envelope);
    if (envelope.kind === "packs") return ++this.#packRequests <= MAX_PACK_REQUESTS;
    if (envelope.stage === null) return !this.#isDiagnosing;
    // Python may need its library before or after it is ready.
    if (envelope.stage === "library") return !this.#isLibraryNeeded;
    return STAGES.indexOf(envelope.stage) > STAGES.indexOf(this.#stage);
  }

  #reportError(reason: string): void {
    this.#errors += 1;
    if (this.#errors > MAX_ERRORS) this.#exceedRateLimit();
    // After the boot, uncaught errors come from the visitor's code, and Python continues.
    else if (this.#phase === "booting") this.#exit(new BootFailed(reason));
  }

  #exceedRateLimit(): void {
    this.#exit(new Crashed("Python sent too many messages and was restarted."));
  }

  #enterStage(stage: BootStage): void {
    this.#progress();
    if (stage === "library") {
      if (this.#phase === "booting") this.#fitsSnapshots = false; // without a snapshot, Python needs its library to start
      this.#isLibraryNeeded = true;
      this.#libraryNeeded.resolve();
      return;
    }
    this.#stage = stage;
    if (stage === "ready" && this.#phase === "booting") {
      this.#phase = "ready";
      clearTimeout(this.#timeout);
      this.#events.ready();
    } else if (this.#phase === "booting") {
      this.#events.booting(stage, 0, 1, null);
    } else if (stage === "complete") {
      this.#events.complete();
      setTimeout(() => void this.#verifyFiles(), VERIFY_DELAY_MILLISECONDS);
    }
  }

  #progress(): void {
    clearTimeout(this.#timeout);
    if (this.#phase !== "booting") return;
    this.#timeout = setTimeout(() => {
      const seconds = TIMEOUT_MILLISECONDS / 1000;
      this.#exit(new BootFailed(`Python did not start: no progress for ${seconds} seconds (stage: ${this.#stage}).`));
    }, TIMEOUT_MILLISECONDS);
  }

  #fail(error: unknown): void {
    this.#exit(error instanceof BootFailed ? error : new BootFailed(String(error)));
  }

  #exit(reason: BootFailed | Crashed): void {
    if (this.#phase === "over") return;
    this.end();
    this.#events.exited(reason);
  }
}

/** Return the number of bytes to download. */
function sizeOf(files: readonly RuntimeFile[]): number {
  return files.reduce((sum, file) => sum + file.transfer, 0);
}

/** Return the error for a damaged file. Its cached copy has been evicted, so the next process fetches the file again. */
function damagedFileError(name: string): Crashed {
  return new Crashed(`The browser's copy of the runtime file ${name} was damaged. Python was restarted.`);
}

/** Return whether a service worker controls this page. Where storage is blocked, even reading the property throws. */
function isControlled(): boolean {
  try {
    return Boolean(navigator.serviceWorker?.controller);
  } catch {
    return false;
  }
}
