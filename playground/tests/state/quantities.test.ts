import { describe, expect, it } from "vitest";
import { durationText, sizeText } from "../../src/state/quantities.ts";

describe("a duration", () => {
  it.each([
    [0, "under 100 µs"],
    [0.00002, "under 100 µs"],
    [0.0002, "200 µs"],
    [0.0009996, "1 ms"],
    [0.00124, "1.2 ms"],
    [0.00996, "10 ms"],
    [0.0126, "13 ms"],
    [0.9994, "999 ms"],
    [0.9996, "1.0 s"],
    [1.26, "1.3 s"],
    [59.96, "1 min 0 s"],
    [125, "2 min 5 s"],
  ])("of %d seconds", (seconds, text) => {
    expect(durationText(seconds)).toBe(text);
  });
});

describe("a size", () => {
  it.each([
    [0, "0 B"],
    [28, "28 B"],
    [999, "999 B"],
    [1_000, "1 kB"],
    [1_340, "1.3 kB"],
    [12_345, "12 kB"],
    [999_600, "1 MB"],
    [1_340_000, "1.3 MB"],
    [24_000_000_000, "24 GB"],
    [2_400_000_000_000, "2400 GB"],
  ])("of %d bytes", (bytes, text) => {
    expect(sizeText(bytes)).toBe(text);
  });
});
