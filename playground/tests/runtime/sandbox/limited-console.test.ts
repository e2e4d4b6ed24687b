import { describe, expect, test } from "vitest";
import {
  LONGEST_TEXT,
  limitConsole,
  limitUncaughtErrors,
  MOST_VALUES,
} from "../../../src/runtime/sandbox/limited-console.ts";

/** A console that notes what is written to it. */
function noting() {
  const written: unknown[][] = [];
  const note =
    (method: string) =>
    (...values: unknown[]): void => {
      written.push([method, ...values]);
    };
  return { written, console: { log: note("log"), error: note("error"), warn: note("warn"), memory: 7 } };
}

describe("the console of the worker", () => {
  test("writes what it is given, as before", () => {
    const { written, console } = noting();
    limitConsole(console);
    console.log("one", 2, { three: 3 });
    console.error("four");
    expect(written).toEqual([
      ["log", "one", 2, { three: 3 }],
      ["error", "four"],
    ]);
    expect(console.memory).toBe(7);
  });

  test("stops after a number of messages, whichever methods write them, and says so once", () => {
    const { written, console } = noting();
    limitConsole(console, 3);
    for (let index = 0; index < 10; index++) {
      console.log(index);
      console.error(index);
    }
    expect(written).toEqual([
      ["log", 0],
      ["error", 0],
      ["warn", "No more is shown."],
    ]);
  });

  test("cuts long texts and long messages", () => {
    const { written, console } = noting();
    limitConsole(console);
    console.log("x".repeat(LONGEST_TEXT + 1));
    console.log(...Array(MOST_VALUES + 1).fill(1));
    expect(written[0]).toEqual(["log", "x".repeat(LONGEST_TEXT)]);
    expect(written[1]).toHaveLength(1 + MOST_VALUES);
  });

  test("does not give the methods of before to code that asks for them", () => {
    const { written, console } = noting();
    limitConsole(console, 1);
    const { log } = console;
    for (let index = 0; index < 5; index++) log(index);
    expect(written).toHaveLength(1);
  });
});

test("errors that nothing catches are kept from the console after the first ones, of both kinds together", () => {
  const worker = new EventTarget();
  limitUncaughtErrors(worker, 3);
  const isReported = (kind: string): boolean => worker.dispatchEvent(new Event(kind, { cancelable: true }));
  const reported = [1, 2].flatMap(() => [isReported("error"), isReported("unhandledrejection")]);
  expect(reported).toEqual([true, true, true, false]);
});
