/** Packages that the visitor had fetched: installed as they come, once Python is there to take them. */

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
        // The run that imports it will say that its module is not there.
      }
    }
  }
}
