/** Packages that the visitor has fetched. They are installed once Python is ready. */

import type { Python } from "./python.ts";

export class Wheels {
  readonly #waiting: ArrayBuffer[] = [];
  #python: Pick<Python, "addWheel"> | null = null;

  put(wheel: ArrayBuffer): void {
    this.#waiting.push(wheel);
    this.#install();
  }

  installInto(python: Pick<Python, "addWheel">): void {
    this.#python = python;
    this.#install();
  }

  #install(): void {
    if (this.#python === null) return;
    for (let wheel = this.#waiting.shift(); wheel !== undefined; wheel = this.#waiting.shift()) {
      try {
        this.#python.addWheel(wheel);
      } catch {
        // A run that imports the package reports the missing module.
      }
    }
  }
}
