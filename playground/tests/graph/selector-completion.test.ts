import { expect, test } from "vitest";
import { completionAt } from "../../src/graph/selector-completion.ts";
import { graphOf } from "./graphs.ts";

test.each<[string, boolean, string[]]>([
  ["rain", true, ["rain_days"]],
  ["2+rain", true, ["rain_days"]],
  ["rai", false, ["rain", "rain_days"]],
  ["RAIN", false, ["rain", "rain_days"]],
  ["rain_days", true, []],
  ["module:flow", true, []],
  ["", false, []],
])("%j is complete: %s", (text, isComplete, options) => {
  expect(completionAt(graphOf("rain > rain_days"), text, text.length)).toMatchObject({ isComplete, options });
});
