import { expect, test } from "vitest";
import { joinNames } from "../src/join-names.ts";

test.each([
  [[], ""],
  [["a"], "a"],
  [["a", "b"], "a and b"],
  [["a", "b", "c"], "a, b and c"],
])("%j is joined as %j", (names, words) => {
  expect(joinNames(names)).toBe(words);
});
