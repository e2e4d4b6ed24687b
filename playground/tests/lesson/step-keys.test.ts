import { expect, test } from "vitest";
import { directionOf } from "../../src/lesson/step-keys.ts";

const KEY = {
  key: "N",
  shiftKey: true,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
} as KeyboardEvent;

test("Shift+N goes to the next step, and Shift+P to the previous one", () => {
  expect(directionOf(KEY)).toBe(1);
  expect(directionOf({ ...KEY, key: "P" })).toBe(-1);
});

test("other keys go to no step", () => {
  expect(directionOf({ ...KEY, key: "n", shiftKey: false })).toBeNull(); // the theme's key for the next lesson
  expect(directionOf({ ...KEY, shiftKey: false })).toBeNull(); // Caps Lock
  expect(directionOf({ ...KEY, key: "M" })).toBeNull();
  for (const modifier of ["ctrlKey", "metaKey", "altKey"]) expect(directionOf({ ...KEY, [modifier]: true })).toBeNull();
});
