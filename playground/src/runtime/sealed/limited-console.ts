/**
 * Limits what the worker writes to the browser's console. Each message goes through the process of the page, and the
 * browser keeps it: code that logs without end would slow the page down and fill its memory.
 */

/** Messages in the life of a worker. */
export const MOST_MESSAGES = 1_000;
/** Characters of a text that is logged. */
export const LONGEST_TEXT = 10_000;
/** Values of one message. */
export const MOST_VALUES = 20;

type Method = (...values: unknown[]) => void;

/** Replaces all methods of a console. What comes after the last message is dropped; the last one says so. */
export function limitConsole(console: object, most = MOST_MESSAGES): void {
  const methods = console as Record<string, unknown>;
  let left = most;
  const warn = boundOf(methods, "warn");
  for (const name of Object.keys(methods)) {
    const method = boundOf(methods, name);
    if (method === null) continue;
    methods[name] = (...values: unknown[]): void => {
      if (left === 0) return;
      left -= 1;
      if (left === 0) warn?.(`Python has logged ${most} messages. No more are shown.`);
      else method(...values.slice(0, MOST_VALUES).map(shortened));
    };
  }
}

function boundOf(methods: Record<string, unknown>, name: string): Method | null {
  const method = methods[name];
  return typeof method === "function" ? (method.bind(methods) as Method) : null;
}

function shortened(value: unknown): unknown {
  return typeof value === "string" && value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}…` : value;
}
