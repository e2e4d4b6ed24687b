import { describe, expect, test } from "vitest";
import type { ElementsView } from "../../src/protocol.ts";
import { callsText, progressText, typeText } from "../../src/state/elements.ts";

describe("the text about a function that is called once for each element", () => {
  test.each([
    [{ type: "int" }, "int"],
    [{ type: "int", each: ["word"] }, "int for each word"],
    [{ type: "int", each: ["sentence", "word"] }, "int for each word"],
  ])("names the innermost elements after the type of %j", (node, text) => {
    expect(typeText(node)).toBe(text);
  });

  test.each([
    [0, 0, "× 0"],
    [3, 3, "× 3"],
    [9_999, 9_999, "× 9,999"],
    [1_234_567, 1_234_567, "× 1.23M"],
    [120, 1_000, "120 / 1,000"],
    [9_999, 12_345, "9,999 / 12.3K"],
  ])("shows the progress of %d of %d in a few characters", (computed, total, text) => {
    expect(progressText({ computed, total })).toBe(text);
  });

  test("is short even for the largest counts that Python can report", () => {
    const most = { computed: Number.MAX_SAFE_INTEGER - 1, total: Number.MAX_SAFE_INTEGER };
    expect(progressText(most).length).toBeLessThan(16);
  });

  test.each([
    [["word"], undefined, "for each `word`"],
    [["word"], { computed: 3, total: 3 }, "for each `word`: 3 times"],
    [["word"], { computed: 1, total: 1 }, "for each `word`: once"],
    [["word"], { computed: 0, total: 0 }, "for each `word`: 0 times"],
    [["word"], { computed: 120, total: 12_345 }, "for each `word`: 120 of 12,345 values"],
    [["sentence", "word"], { computed: 9, total: 9 }, "for each `word` of each `sentence`: 9 times"],
  ] as [string[], ElementsView | undefined, string][])("counts the calls for %j with %j", (each, elements, text) => {
    const run = elements && { state: "succeeded" as const, elements };
    expect(callsText({ each }, run)).toBe(text);
  });

  test("is missing for a function that is not called for each element", () => {
    expect(callsText({}, { state: "succeeded" })).toBeNull();
  });
});
