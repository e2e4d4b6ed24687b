// @ts-check
/**
 * Ends tests that hang. Python blocks the main thread, so the timer runs in a separate thread.
 *
 * When a test exceeds its limit, Python first raises an exception in it. The test then fails with a traceback, and the run
 * continues. If the interrupt has no effect, or the run exceeds its limit, the process is killed and the test is reported.
 */

import { writeSync } from "node:fs";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";

/** @typedef {{ test: number, run: number }} Limits in seconds */

const SIGINT = 2;
/** The number of seconds that an interrupted test has to end. */
const GRACE = 10;

export class Watchdog {
  /** Pyodide raises the signal with the number that is stored here. */
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
      () => kill(`${current} exceeded its limit of ${limits.test} s and ignored the interrupt.`),
      GRACE * 1000,
    );
  };
  parentPort?.on("message", (/** @type {string | null} */ test) => {
    clearTimeout(timer);
    current = test;
    if (test !== null) timer = setTimeout(interrupt, limits.test * 1000);
  });
  setTimeout(() => {
    const activity = current === null ? "No test was running." : `${current} was running.`;
    kill(`The run exceeded its limit of ${limits.run} s. ${activity}`);
  }, limits.run * 1000);
}

/** @param {string} reason */
function kill(reason) {
  // A worker's streams go through the blocked main thread.
  writeSync(2, `\npyodide: FAILED: ${reason}\n`);
  process.kill(process.pid, "SIGKILL");
}

if (!isMainThread) watch(workerData);
