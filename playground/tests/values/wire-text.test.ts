import { describe, expect, it } from "vitest";
import { displayText, encodeInput, isWireText } from "../../src/values/wire-text.ts";

describe("values in wire format", () => {
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
    ["literal", " (1, 2) ", "literal:(1, 2)"],
    ["literal", "", null],
    ["literal", "x".repeat(10_001), undefined],
    ["date", "2024-01-31", "date:2024-01-31"],
    ["date", "", null],
    ["date", "31.1.2024", undefined],
    ["datetime", "2024-01-31T12:00", "datetime:2024-01-31T12:00"],
    ["datetime", "2024-01-31T12:00:05", "datetime:2024-01-31T12:00:05"],
    ["datetime", "2024-01-31", undefined],
    ["table", "\ta\n0\t1\t\n", "table:\ta\n0\t1\t\n"],
    ["table", " \n", null],
    ["table", "x".repeat(10_001), undefined],
  ] as const)("%s: typed %j is encoded as %j", (kind, typed, text) => {
    expect(encodeInput(kind, typed)).toBe(text);
  });

  it("are formatted for reading", () => {
    const texts = ['"us"', "1.0", "true", "literal:[1]", "date:2024-01-31", "file:a:b.csv", "table:a,b"];
    const shown = ["us", "1.0", "true", "[1]", "2024-01-31", "a:b.csv", "the pasted table"];
    expect(texts.map(displayText)).toEqual(shown);
  });

  it.each([
    ["1", true],
    ["literal:(", true],
    ["table:a\nb", true],
    ["file:a.csv", true],
    ["tables:a", false],
    ["(1, 2)", false],
    ["", false],
  ])("%j is valid in a link: %s", (text, may) => {
    expect(isWireText(text)).toBe(may);
  });
});
