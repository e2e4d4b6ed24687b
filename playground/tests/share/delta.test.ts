import { describe, expect, it } from "vitest";
import type { Example } from "../../src/example.ts";
import { BadLink } from "../../src/share/codec.ts";
import { applied, changes } from "../../src/share/delta.ts";

const EXAMPLE = {
  name: "weather",
  files: { "a.py": "1", "b.py": "2", "data.csv": "x" },
} as unknown as Example;

describe("the link to a changed example", () => {
  it.each([
    ["unchanged", EXAMPLE.files, {}],
    ["one file edited", { ...EXAMPLE.files, "b.py": "3" }, { "b.py": "3" }],
    ["one file added", { ...EXAMPLE.files, "c.py": "4" }, { "c.py": "4" }],
    ["one file gone", { "a.py": "1", "b.py": "2" }, { "data.csv": null }],
  ])("holds only what differs and gives it back: %s", (_, files, expected) => {
    const delta = changes(EXAMPLE, files);
    expect(delta).toEqual({ example: "weather", files: expected });
    expect(applied(EXAMPLE, delta)).toEqual(files);
  });

  it("holds all files where there is no example", () => {
    expect(changes(null, { "a.py": "1" })).toEqual({ files: { "a.py": "1" } });
  });

  it("has to come to at least one file", () => {
    expect(() => applied(null, { files: {} })).toThrow(BadLink);
  });
});
