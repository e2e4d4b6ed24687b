import { expect, it } from "vitest";
import { ago } from "../../src/drafts/ago.ts";
import { uniqueTitle } from "../../src/storage/draft.ts";

const NOW = Date.UTC(2026, 5, 15, 12);
const MINUTE = 60_000;

it.each([
  [0, "just now"],
  [-5 * MINUTE, "just now"], // the clock was set back
  [59_000, "just now"],
  [MINUTE, "1 minute ago"],
  [59 * MINUTE, "59 minutes ago"],
  [3 * 60 * MINUTE, "3 hours ago"],
  [24 * 60 * MINUTE, "yesterday"],
  [6 * 24 * 60 * MINUTE, "6 days ago"],
  [30 * 24 * 60 * MINUTE, "May 16, 2026"],
])("a change %i ms ago is shown as: %s", (passed, text) => {
  expect(ago(NOW - passed, NOW)).toBe(text);
});

it.each([
  ["Weather", [], "Weather"],
  ["Weather", ["Weather"], "Weather 2"],
  ["Weather 2", ["Weather", "Weather 2"], "Weather 3"],
])("a draft named %s, with the names %j taken, gets the name %s", (title, titles, expected) => {
  expect(uniqueTitle(title, new Set(titles))).toBe(expected);
});
