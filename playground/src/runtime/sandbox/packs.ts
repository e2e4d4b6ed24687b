/** Packs that the page sends. They are installed once Python has its library. */

import { Deferred } from "../deferred.ts";
import { nextTask } from "../next-task.ts";
import type { Bridge, Python } from "./python.ts";
import type { VirtualFiles } from "./virtual-files.ts";

type Installer = Pick<Python, "installPack"> & Pick<Bridge, "packInstalled">;

export interface PackEvents {
  /** Packs are announced and not yet installed. */
  expected(): void;
  /** All announced packs are installed. */
  ready(): void;
  /** Some announced packs will not arrive. */
  failed(): void;
  /** A pack cannot be installed. */
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
      if (this.#announced.has(name)) continue; // it did not arrive the first time
      this.#announced.add(name);
      this.#files.expect(name);
      void this.#install(name);
    }
    if (this.#awaited.size > 0) this.#events.expected();
  }

  /** Stop waiting for packs that have not arrived. */
  fail(): void {
    this.#awaited.clear();
    this.#events.failed();
  }

  async #install(name: string): Promise<void> {
    try {
      const installer = await this.#installer.promise;
      const archive = await this.#files.take(name);
      await nextTask(); // answer waiting requests first
      await installer.installPack(archive);
      installer.packInstalled(name);
    } catch (failure) {
      this.#events.broken(failure);
      return;
    }
    this.#installed.add(name);
    if (this.#awaited.delete(name) && this.#awaited.size === 0) this.#events.ready();
  }
}
