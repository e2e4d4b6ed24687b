/** Waiting, for what is nobody's hurry, until the page is there, and Python with what it shows first. */

import type { PythonRuntime, RuntimeStatus } from "./runtime/runtime.ts";

/** While Python computes the first values the page looks idle, and is about to show them. */
const FIRST_RUN_MILLISECONDS = 700;
const PAUSE_MILLISECONDS = 2_000;
/** What can be seen waits no longer than this. */
const MAX_WAIT_MILLISECONDS = 3_000;

/** Once the first values can stand there, or a slow network has let nobody see them for long enough. */
export async function firstValuesShown(runtime: PythonRuntime): Promise<void> {
  if (runtime.status.phase !== "booting") return;
  const shown = statusReached(runtime, (status) => status.phase !== "booting").then(() =>
    pause(FIRST_RUN_MILLISECONDS),
  );
  await Promise.race([shown, pause(MAX_WAIT_MILLISECONDS)]);
}

/** Once Python is there with all that belongs to it, has shown its first values, and the page has a moment. */
export async function firstIdle(runtime: PythonRuntime): Promise<void> {
  await pythonSettled(runtime);
  await pause(FIRST_RUN_MILLISECONDS);
  await nextIdle();
}

/** Once the page is there, and Python with all that belongs to it has been at rest for a while. */
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

/** Once Python is there with all that belongs to it, or will not be. */
function pythonSettled(runtime: PythonRuntime): Promise<void> {
  return statusReached(runtime, (status) => !isBusy(status));
}

/** Once the status is as it should be; at once, where it is. */
function statusReached(runtime: PythonRuntime, isReached: (status: RuntimeStatus) => boolean): Promise<void> {
  if (isReached(runtime.status)) return Promise.resolve();
  return new Promise((resolve) => {
    const leave = runtime.subscribe((status) => {
      if (!isReached(status)) return;
      leave();
      resolve();
    });
  });
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Once the page has a moment; not every browser knows of idleness. */
export function nextIdle(): Promise<void> {
  return new Promise((resolve) => {
    if ("requestIdleCallback" in window) requestIdleCallback(() => resolve(), { timeout: PAUSE_MILLISECONDS });
    else setTimeout(resolve);
  });
}
