/**
 * Limits for the browser's console. Each message from the worker passes through the page's process and stays in its memory, so
 * code that logs in an endless loop would slow down the page.
 */

/** The maximum number of messages per worker. Uncaught errors have the same limit. */
export const MAX_MESSAGES = 1_000;
/** The maximum length of a logged string. */
export const MAX_LOGGED_LENGTH = 10_000;
/** The maximum number of values per message. */
export const MAX_VALUES = 20;

type Methods = Record<string, unknown>;

/** Replace all methods of a console. The last message announces that later ones are dropped. */
export function limitConsole(console: object, most = MAX_MESSAGES): void {
  const originals: Methods = { ...console };
  let left = most;
  for (const [name, method] of Object.entries(originals)) {
    if (typeof method !== "function") continue;
    (console as Methods)[name] = (...values: unknown[]): void => {
      if (left > 1) method.apply(console, values.slice(0, MAX_VALUES).map(truncated));
      else if (left === 1) (originals as { warn: (text: string) => void }).warn("Further messages are hidden.");
      left -= 1;
    };
  }
}

/** Limit the uncaught errors and rejections that the browser reports to the console and to the frame's document. */
export function limitUncaughtErrors(worker: EventTarget, most = MAX_MESSAGES): void {
  let left = most;
  const limit = (event: Event): void => {
    if (left > 0) left -= 1;
    else event.preventDefault();
  };
  worker.addEventListener("error", limit);
  worker.addEventListener("unhandledrejection", limit);
}

function truncated(value: unknown): unknown {
  return typeof value === "string" ? value.slice(0, MAX_LOGGED_LENGTH) : value;
}
