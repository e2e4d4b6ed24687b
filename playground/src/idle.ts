/** Work that is not urgent, delayed until the page is idle. */

import type { PythonRuntime, RuntimeStatus } from "./runtime/runtime.ts";

/** The time allowed for computing the first values, during which the page itself seems idle. */
const FIRST_RUN_MILLISECONDS = 700;
const PAUSE_MILLISECONDS = 2_000;
/** The maximum delay for work whose result the visitor sees. */
const MAX_WAIT_MILLISECONDS = 3_000;

/** Resolve when the first values have probably been shown, or after `MAX_WAIT_MILLISECONDS` on a slow network. */
export async function firstValuesShown(runtime: PythonRuntime): Promise<void> {
  if (runtime.status.phase !== "booting") return;
  const shown = statusReached(runtime, (status) => status.phase !== "booting").then(() =>
    pause(FIRST_RUN_MILLISECONDS),
  );
  await Promise.race([shown, pause(MAX_WAIT_MILLISECONDS)]);
}

/** Resolve when Python is completely loaded, the first values are shown, and the page is idle. */
export async function firstIdle(runtime: PythonRuntime): Promise<void> {
  await pythonSettled(runtime);
  await pause(FIRST_RUN_MILLISECONDS);
  await nextIdle();
}

/** Resolve when the page is loaded, Python has been idle for a while, and the page is idle. */
export async function settledAndIdle(runtime: PythonRuntime): Promise<void> {
  await pageLoaded();
  if (isBusy(runtime.status)) {
    await pythonSettled(runtime);
    await pause(PAUSE_MILLISECONDS);
  }
  await nextIdle();
}

function isBusy(status: RuntimeStatus): boolean {
  return status.phase === "booting" || (status.phase === "ready" && !status.complete);
}

function pageLoaded(): Promise<void> {
  return new Promise((resolve) => {
    if (document.readyState === "complete") resolve();
    else addEventListener("load", () => resolve(), { once: true });
  });
}

/** Resolve when Python is completely loaded or has failed to start. */
function pythonSettled(runtime: PythonRuntime): Promise<void> {
  return statusReached(runtime, (status) => !isBusy(status));
}

/** Resolve when the status satisfies a condition, or immediately if it already does. */
function statusReached(runtime: PythonRuntime, isReached: (status: RuntimeStatus) => boolean): Promise<void> {
  if (isReached(runtime.status)) return Promise.resolve();
  return new Promise((resolve) => {
    const unsubscribe = runtime.subscribe((status) => {
      if (!isReached(status)) return;
      unsubscribe();
      resolve();
    });
  });
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Resolve when the page is idle. Not every browser has `requestIdleCallback`. */
export function nextIdle(): Promise<void> {
  return new Promise((resolve) => {
    if ("requestIdleCallback" in window) requestIdleCallback(() => resolve(), { timeout: PAUSE_MILLISECONDS });
    else setTimeout(resolve);
  });
}
