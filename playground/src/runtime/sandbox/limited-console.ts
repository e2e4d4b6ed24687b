/**
 * Limits what the worker writes to the browser's console. Each message goes through the process of the page, and the
 * browser keeps it: code that logs without end would slow the page down and fill its memory.
 */

/** Messages in the life of a worker. Uncaught errors have a limit of the same size. */
export const MOST_MESSAGES = 1_000;
/** Characters of a text that is logged. */
export const LONGEST_TEXT = 10_000;
/** Values of one message. */
export const MOST_VALUES = 20;

type Methods = Record<string, unknown>;

/** Replaces all methods of a console. What comes after the last message is dropped; the last one says so. */
export function limitConsole(console: object, most = MOST_MESSAGES): void {
  const before: Methods = { ...console };
  let left = most;
  for (const [name, method] of Object.entries(before)) {
    if (typeof method !== "function") continue;
    (console as Methods)[name] = (...values: unknown[]): void => {
      if (left > 1) method.apply(console, values.slice(0, MOST_VALUES).map(truncated));
      else if (left === 1) (before as { warn: (text: string) => void }).warn("No more is shown.");
      left -= 1;
    };
  }
}

/** Limits how many uncaught errors and rejections the browser reports to the console and to the sandboxed frame. */
export function limitUncaughtErrors(worker: EventTarget, most = MOST_MESSAGES): void {
  let left = most;
  const limit = (event: Event): void => {
    if (left > 0) left -= 1;
    else event.preventDefault();
  };
  worker.addEventListener("error", limit);
  worker.addEventListener("unhandledrejection", limit);
}

function truncated(value: unknown): unknown {
  return typeof value === "string" ? value.slice(0, LONGEST_TEXT) : value;
}
