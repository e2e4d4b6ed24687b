import { describe, expect, it } from "vitest";
import { durationText } from "../../src/values/duration.ts";

describe("a duration", () => {
  it.each([
    [0.0002, "under 1 ms"],
    [0.0126, "13 ms"],
    [1.26, "1.3 s"],
  ])("of %d seconds", (seconds, text) => {
    expect(durationText(seconds)).toBe(text);
  });
});
