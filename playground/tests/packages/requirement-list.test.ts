import { expect, it } from "vitest";
import { shortened } from "../../src/packages/requirement-list.ts";

it("a short list is shown in full", () => {
  expect(shortened(["rich>=13", "attrs"])).toEqual({ items: ["rich>=13", "attrs"], more: 0 });
});

it("a long list is shortened, as are its items, and invisible characters are shown", () => {
  const { items, more } = shortened(["rich\u202e", "a".repeat(1_000_000), ...Array<string>(50).fill("attrs")]);
  expect(items.slice(0, 3)).toEqual(["rich[U+202E]", `${"a".repeat(60)}…`, "attrs"]);
  expect([items.length, more]).toEqual([6, 46]);
});
