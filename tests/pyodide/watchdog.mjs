// @ts-check
/**
 * Ends tests that hang. Python blocks the main thread, so the clock is in a thread of its own.
 *
 * A test that exceeds its limit is interrupted first: Python raises in it, so it fails with a traceback and the run
 * continues. If the interrupt has no effect, or the whole run exceeds its limit, the process is killed and the test named.
 */

import { writeSync } from "node:fs";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";

/** @typedef {{ test: number, run: number }} Limits in seconds */

const SIGINT = 2;
/** How long an interrupted test may take to end, in seconds. */
const GRACE = 10;

export class Watchdog {
  /** Pyodide raises the signal whose number it finds here. */
  interrupts = new Uint8Array(new SharedArrayBuffer(1));
  #worker;

  /** @param {Limits} limits */
  constructor(limits) {
    this.#worker = new Worker(new URL(import.meta.url), { workerData: { limits, interrupts: this.interrupts } });
    this.#worker.unref();
  }

  /** @param {string} test */
  started(test) {
    this.#worker.postMessage(test);
  }

  finished() {
    this.#worker.postMessage(null);
  }
}

/** @param {{ limits: Limits, interrupts: Uint8Array }} data */
function watch({ limits, interrupts }) {
  /** @type {string | null} */
  let current = null;
  /** @type {NodeJS.Timeout | undefined} */
  let timer;

  const interrupt = () => {
    Atomics.store(interrupts, 0, SIGINT);
    timer = setTimeout(
      () => kill(`${current} ran for more than ${limits.test} s and did not end when interrupted.`),
      GRACE * 1000,
    );
  };
  parentPort?.on("message", (/** @type {string | null} */ test) => {
    clearTimeout(timer);
    current = test;
    if (test !== null) timer = setTimeout(interrupt, limits.test * 1000);
  });
  setTimeout(() => {
    const doing = current === null ? "Python was not running a test." : `${current} was running.`;
    kill(`The run took more than ${limits.run} s. ${doing}`);
  }, limits.run * 1000);
}

/** @param {string} reason */
function kill(reason) {
  // The streams of a worker go through the blocked main thread.
  writeSync(2, `\npyodide: FAILED: ${reason}\n`);
  process.kill(process.pid, "SIGKILL");
}

if (!isMainThread) watch(workerData);
