import { describe, expect, test } from "vitest";
import {
  limitConsole,
  limitUncaughtErrors,
  MAX_LOGGED_LENGTH,
  MAX_VALUES,
} from "../../../src/runtime/sandbox/limited-console.ts";

/** Return a console that records its messages. */
function recordingConsole() {
  const messages: unknown[][] = [];
  const record =
    (method: string) =>
    (...values: unknown[]): void => {
      messages.push([method, ...values]);
    };
  return { messages, console: { log: record("log"), error: record("error"), warn: record("warn"), memory: 7 } };
}

describe("the console of the worker", () => {
  test("passes messages on", () => {
    const { messages, console } = recordingConsole();
    limitConsole(console);
    console.log("one", 2, { three: 3 });
    console.error("four");
    expect(messages).toEqual([
      ["log", "one", 2, { three: 3 }],
      ["error", "four"],
    ]);
    expect(console.memory).toBe(7);
  });

  test("stops when all methods together have passed on the maximum number of messages, and reports this once", () => {
    const { messages, console } = recordingConsole();
    limitConsole(console, 3);
    for (let index = 0; index < 10; index++) {
      console.log(index);
      console.error(index);
    }
    expect(messages).toEqual([
      ["log", 0],
      ["error", 0],
      ["warn", "Further messages are hidden."],
    ]);
  });

  test("truncates long strings and long messages", () => {
    const { messages, console } = recordingConsole();
    limitConsole(console);
    console.log("x".repeat(MAX_LOGGED_LENGTH + 1));
    console.log(...Array(MAX_VALUES + 1).fill(1));
    expect(messages[0]).toEqual(["log", "x".repeat(MAX_LOGGED_LENGTH)]);
    expect(messages[1]).toHaveLength(1 + MAX_VALUES);
  });

  test("hides the original methods from code", () => {
    const { messages, console } = recordingConsole();
    limitConsole(console, 1);
    const { log } = console;
    for (let index = 0; index < 5; index++) log(index);
    expect(messages).toHaveLength(1);
  });
});

test("uncaught errors and rejections are reported up to a shared limit", () => {
  const worker = new EventTarget();
  limitUncaughtErrors(worker, 3);
  const isReported = (kind: string): boolean => worker.dispatchEvent(new Event(kind, { cancelable: true }));
  const reported = [1, 2].flatMap(() => [isReported("error"), isReported("unhandledrejection")]);
  expect(reported).toEqual([true, true, true, false]);
});
