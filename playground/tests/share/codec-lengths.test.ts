import { expect, it } from "vitest";
import { FIVE_CHANGED, FORTY, lengthOfChanged, lengthOfForty } from "./corpus.ts";

it.each(Object.entries(FORTY))("a link to forty lines of code has at most 900 characters: %s", async (_, files) => {
  expect(await lengthOfForty(files)).toBeLessThanOrEqual(900);
});

it.each(Object.entries(FIVE_CHANGED))(
  "a link to an example with five changed lines has at most 250 characters: %s",
  async (_, files) => {
    expect(await lengthOfChanged(files)).toBeLessThanOrEqual(250);
  },
);
