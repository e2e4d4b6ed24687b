import { describe, expect, it } from "vitest";
import { shownText, writtenText } from "../../src/output/json-text.ts";

describe("values as JSON text", () => {
  it.each([
    ["int", " 007 ", "7"],
    ["int", "-3", "-3"],
    ["int", "12345678901234567890", "12345678901234567890"],
    ["int", "", null],
    ["int", "1.5", undefined],
    ["int", "one", undefined],
    ["float", "2", "2.0"],
    ["float", "1e3", "1000.0"],
    ["float", ".5", "0.5"],
    ["float", "-0", "-0.0"],
    ["float", "1e-7", "1e-7"],
    ["float", "0x10", "16.0"],
    ["float", "Infinity", undefined],
    ["float", " ", null],
    ["str", ' a"b ', '" a\\"b "'],
    ["str", "", '""'],
    ["json", ' {"a": [1.0, null]} ', '{"a": [1.0, null]}'],
    ["json", "", null],
    ["json", "{'a': 1}", undefined],
    ["json", "NaN", undefined],
  ] as const)("%s: what is typed as %j is %j", (kind, typed, text) => {
    expect(writtenText(kind, typed)).toBe(text);
  });

  it("is shown as one would read it", () => {
    expect([shownText('"us"'), shownText("1.0"), shownText("true")]).toEqual(["us", "1.0", "true"]);
  });
});
