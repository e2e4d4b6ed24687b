import { expect, test } from "vitest";
import { crashed } from "../../src/runtime/failures.ts";

test.each([
  ["Exit: Program terminated with exit(7)", "(Exit: Program terminated with exit(7))."],
  ["PythonError: Traceback (most recent call last):\n  File x\nTypeError: no\n", "(TypeError: no)."],
  ["", "(nothing was said)."],
  [
    "RangeError: Maximum call stack size exceeded",
    "(RangeError: Maximum call stack size exceeded). A function that calls itself without end does this.",
  ],
])("a crash says what was said last: %j", (said, end) => {
  expect(crashed(said).message).toBe(`This code brought Python to its end, and it was started again ${end}`);
});

test("a crash says little, however much was said", () => {
  expect(crashed("x".repeat(1_000_000)).message.length).toBeLessThan(300);
});
