/** Keeping the site is nobody's hurry: it waits until the page is there, and Python with what it shows first. */

import type { PythonRuntime, RuntimeStatus } from "../runtime/runtime.ts";

/** For the first run, once Python is there. */
const PAUSE_MILLISECONDS = 2_000;

export async function quiet(runtime: PythonRuntime): Promise<void> {
  await loaded();
  if (isBusy(runtime.status)) {
    await settled(runtime);
    await pause(PAUSE_MILLISECONDS);
  }
  await idle();
}

function isBusy(status: RuntimeStatus): boolean {
  return status.phase === "booting" || (status.phase === "ready" && !status.complete);
}

function loaded(): Promise<void> {
  return new Promise((resolve) => {
    if (document.readyState === "complete") resolve();
    else addEventListener("load", () => resolve(), { once: true });
  });
}

/** Once Python is there with all that belongs to it, or will not be. */
export function settled(runtime: PythonRuntime): Promise<void> {
  if (!isBusy(runtime.status)) return Promise.resolve();
  return new Promise((resolve) => {
    const leave = runtime.subscribe((status) => {
      if (isBusy(status)) return;
      leave();
      resolve();
    });
  });
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Once the page has a moment; not every browser knows of idleness. */
export function idle(): Promise<void> {
  return new Promise((resolve) => {
    if ("requestIdleCallback" in window) requestIdleCallback(() => resolve(), { timeout: PAUSE_MILLISECONDS });
    else setTimeout(resolve);
  });
}
