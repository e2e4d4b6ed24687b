/** Loads each pack once for one Python process, after the files that Python needs to start. */

import type { RuntimeFile } from "./manifest.ts";
import type { PackTable } from "./packs.ts";

/** The names of the libraries that are being loaded, and the progress in bytes, including the packs that they need. */
export interface PackProgress {
  names: readonly string[];
  done: number;
  of: number;
}

export interface PackLoaderHost {
  /** Tell Python which files will follow. */
  announce(names: string[]): void;
  /** Tell Python which optional files will follow; no run needs them. */
  announceOptional(names: string[]): void;
  /** Resolves when the files that Python needs to start have arrived. Until then, packs would take bandwidth from them. */
  started: Promise<void>;
  deliver(file: RuntimeFile, onBytes: (count: number) => void): Promise<void>;
  /** Called when the progress changes; null once all requested packs are delivered. */
  progressed(progress: PackProgress | null): void;
  failed(reason: unknown): void;
}

export class PackLoader {
  readonly #host: PackLoaderHost;
  #table: PackTable | null = null;
  /** Modules that were requested before the list of files had arrived. */
  readonly #earlyModules = new Set<string>();
  readonly #requested = new Set<RuntimeFile>();
  readonly #deliveries = new Map<RuntimeFile, Promise<void>>();
  #active = 0;
  #progress = { names: [] as string[], done: 0, of: 0 };
  #shownPercent = -1;

  constructor(host: PackLoaderHost) {
    this.#host = host;
  }

  /** Load the packs that were requested before the list of files arrived. */
  start(table: PackTable): void {
    this.#table = table;
    this.loadModules(this.#earlyModules);
  }

  /** Load the packs that contain these modules. */
  loadModules(modules: Iterable<string>): void {
    if (this.#table === null) for (const module of modules) this.#earlyModules.add(module);
    else this.#request(this.#table, this.#table.containing(modules));
  }

  /** Load the packs with these file names. */
  loadNamed(names: Iterable<string>): void {
    if (this.#table !== null) this.#request(this.#table, this.#table.named(names));
  }

  /**
   * Load the packs that contain these modules, without reporting progress. No run waits for them or fails without them.
   *
   * Call this after `start`. The promise rejects if a pack cannot be loaded.
   */
  async loadOptional(modules: Iterable<string>): Promise<void> {
    const table = this.#table;
    if (table === null) return;
    const files = table.withRequired(table.containing(modules));
    const missing = files.filter((file) => !this.#deliveries.has(file)).map(({ name }) => name);
    if (missing.length > 0) this.#host.announceOptional(missing);
    await Promise.all(files.map((file) => this.#deliverOnce(file, () => {})));
  }

  #request(table: PackTable, packs: readonly RuntimeFile[]): void {
    const named = packs.filter((file) => !this.#requested.has(file));
    const missing = table.withRequired(named).filter((file) => !this.#requested.has(file));
    if (missing.length === 0) return;
    for (const file of missing) this.#requested.add(file);
    this.#host.announce(missing.map(({ name }) => name));
    void this.#load(titlesOf(named), missing);
  }

  async #load(names: readonly string[], files: readonly RuntimeFile[]): Promise<void> {
    this.#active += 1;
    this.#progress.names.push(...names);
    this.#progress.of += files.reduce((sum, file) => sum + file.transfer, 0);
    try {
      await this.#host.started;
      this.#report();
      await Promise.all(files.map((file) => this.#deliver(file)));
      this.#finish(null);
    } catch (error) {
      for (const file of files) this.#requested.delete(file);
      this.#finish(error);
    }
  }

  async #deliver(file: RuntimeFile): Promise<void> {
    let counted = 0;
    const count = (bytes: number): void => {
      // A file that the browser has decompressed has more bytes than its download.
      const added = Math.min(bytes, file.transfer - counted);
      counted += added;
      this.#progress.done += added;
      this.#report();
    };
    await this.#deliverOnce(file, count);
    count(file.transfer - counted);
  }

  /** Deliver a file, unless it is being delivered or has been delivered. A failed delivery can be retried. */
  #deliverOnce(file: RuntimeFile, onBytes: (count: number) => void): Promise<void> {
    const delivery = this.#deliveries.get(file) ?? this.#host.deliver(file, onBytes);
    this.#deliveries.set(file, delivery);
    delivery.catch(() => this.#deliveries.delete(file));
    return delivery;
  }

  #finish(error: unknown): void {
    this.#active -= 1;
    if (this.#active === 0) {
      this.#progress = { names: [], done: 0, of: 0 };
      this.#shownPercent = -1;
      this.#host.progressed(null);
    }
    if (error !== null) this.#host.failed(error);
  }

  /** Report progress, at most once per percent. */
  #report(): void {
    const { names, done, of } = this.#progress;
    const percent = Math.floor((100 * done) / of);
    if (percent === this.#shownPercent) return;
    this.#shownPercent = percent;
    this.#host.progressed({ names: [...names], done, of });
  }
}

function titlesOf(packs: readonly RuntimeFile[]): string[] {
  return packs.map(({ name, distribution }) => distribution?.name ?? name);
}
