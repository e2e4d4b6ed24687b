/** Packs that the page sends. They are installed once Python has its library. */

import { Deferred } from "../deferred.ts";
import { nextTask } from "../next-task.ts";
import type { Bridge, Python } from "./python.ts";
import type { VirtualFiles } from "./virtual-files.ts";

type Installer = Pick<Python, "installPack"> & Pick<Bridge, "packInstalled">;

export interface PackEvents {
  /** Packs have been announced but not yet installed. */
  expected(): void;
  /** All announced packs have been installed. */
  ready(): void;
  /** Some announced packs will not arrive. */
  failed(): void;
  /** Optional packs have been announced but not yet installed. */
  optionalExpected(): void;
  /** Each optional pack has been installed or cannot be installed. */
  optionalSettled(): void;
  /** A pack for which requests wait cannot be installed. */
  broken(failure: unknown): void;
}

export class Packs {
  readonly #files: Pick<VirtualFiles, "expect" | "take">;
  readonly #events: PackEvents;
  readonly #installer = new Deferred<Installer>();
  readonly #announced = new Set<string>();
  readonly #installed = new Set<string>();
  /** The packs for which requests wait. */
  readonly #awaited = new Set<string>();
  /** The optional packs that are not installed. */
  readonly #optional = new Set<string>();
  readonly #installations = new Map<string, Promise<void>>();

  constructor(files: Pick<VirtualFiles, "expect" | "take">, events: PackEvents) {
    this.#files = files;
    this.#events = events;
  }

  /** Start installing packs. Call this once the library is installed. */
  installInto(installer: Installer): void {
    this.#installer.resolve(installer);
  }

  /** Announce packs that will arrive. */
  announce(names: readonly string[]): void {
    for (const name of names) {
      if (!this.#installed.has(name)) this.#awaited.add(name);
      this.#expect(name);
    }
    if (this.#awaited.size > 0) this.#events.expected();
  }

  /** Announce packs that will arrive, and that no run needs. */
  announceOptional(names: readonly string[]): void {
    for (const name of names) {
      if (!this.#installed.has(name)) this.#optional.add(name);
      this.#expect(name);
    }
    if (this.#optional.size > 0) this.#events.optionalExpected();
  }

  /** Resolve when announced packs are installed, or reported as broken. */
  async whenInstalled(names: readonly string[]): Promise<void> {
    await Promise.all(names.map((name) => this.#installations.get(name)));
  }

  /** Stop waiting for packs that have not arrived. */
  fail(): void {
    this.#awaited.clear();
    this.#events.failed();
  }

  #expect(name: string): void {
    if (this.#announced.has(name)) return; // already expected: its first delivery failed or is in progress
    this.#announced.add(name);
    this.#files.expect(name);
    this.#installations.set(name, this.#install(name));
  }

  async #install(name: string): Promise<void> {
    try {
      const installer = await this.#installer.promise;
      const archive = await this.#files.take(name);
      await nextTask(); // answer waiting requests first
      await installer.installPack(archive);
      installer.packInstalled(name);
      this.#installed.add(name);
    } catch (failure) {
      // Without an optional pack, Python reports that completion is unavailable.
      if (this.#awaited.has(name) || !this.#optional.has(name)) this.#events.broken(failure);
    }
    if (this.#optional.delete(name) && this.#optional.size === 0) this.#events.optionalSettled();
    if (!this.#installed.has(name)) return;
    if (this.#awaited.delete(name) && this.#awaited.size === 0) this.#events.ready();
  }
}
