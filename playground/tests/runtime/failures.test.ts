import { expect, test } from "vitest";
import { crashFrom } from "../../src/runtime/failures.ts";

test.each([
  ["Exit: Program terminated with exit(7)", "(Exit: Program terminated with exit(7))."],
  ["PythonError: Traceback (most recent call last):\n  File x\nTypeError: no\n", "(TypeError: no)."],
  ["", "(no error message)."],
  [
    "RangeError: Maximum call stack size exceeded",
    "(RangeError: Maximum call stack size exceeded). Infinite recursion can cause this.",
  ],
])("a crash is described by the last line of its message: %j", (message, end) => {
  expect(crashFrom(message).message).toBe(`This code crashed Python ${end} Python was restarted.`);
});

test("the description of a crash is short, however long its message", () => {
  expect(crashFrom("x".repeat(1_000_000)).message.length).toBeLessThan(300);
});
