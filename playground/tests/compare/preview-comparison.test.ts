import { describe, expect, test } from "vitest";
import { withComparedPreviews } from "../../src/compare/preview-comparison.ts";
import type { Preview, ValueChange } from "../../src/protocol.ts";

function scalar(type: string, text: string): Preview {
  return { kind: "scalar", type, text };
}

const TEXT: Preview = { kind: "text", type: "str", text: "a\nb", truncated: false };

describe("values of two interpreters", () => {
  test.each<[string, Preview | undefined, Preview | undefined, ValueChange | null]>([
    ["equal numbers", scalar("int", "1"), scalar("int", "1"), "same"],
    ["different numbers", scalar("int", "1"), scalar("int", "2"), "different"],
    ["different types", scalar("int", "1"), scalar("str", "1"), "different"],
    ["objects that look alike", scalar("Money", "1"), scalar("Money", "1"), "unknown"],
    ["longer texts that look alike", TEXT, TEXT, "unknown"],
    ["one value only", scalar("int", "1"), undefined, null],
    ["no value", undefined, undefined, null],
  ])("values are compared by their previews: %s", (_, before, after, value) => {
    const found = { nodes: { total: { code: "same", value: null } } } as const;
    const compared = withComparedPreviews(found, before ? { total: before } : {}, after ? { total: after } : {});
    expect(compared).toEqual({ nodes: { total: { code: "same", value } } });
  });

  test("Python's own result is kept", () => {
    const found = { nodes: { total: { code: "changed", value: "different" } } } as const;
    const shown = { total: scalar("int", "1") };
    expect(withComparedPreviews(found, shown, shown)).toEqual(found);
  });

  test("a node named like a property that every object inherits does not get that property's value", () => {
    const found = { nodes: { constructor: { code: "same", value: null } } } as const;
    expect(withComparedPreviews(found, {}, {})).toEqual(found);
  });
});
