import { describe, expect, it } from "vitest";
import { comparisonFragment, findLinkFragment, parseComparison } from "../../src/compare/fragment.ts";

describe("the fragment of a comparison", () => {
  it("is parsed into both links", () => {
    const links = { before: "#v1.Ab-_9", after: "#v1.prices.1x2y3z.x" };
    expect(comparisonFragment(links)).toBe("#compare=v1.Ab-_9&with=v1.prices.1x2y3z.x");
    expect(parseComparison(comparisonFragment(links))).toEqual(links);
  });

  it.each([
    "",
    "#v1.abc",
    "#compare=v1.abc",
    "#compare=v1.a&with=b",
    "#compare=a&with=v1.b",
    "#with=v1.b&compare=v1.a",
  ])("cannot be %j", (fragment) => {
    expect(parseComparison(fragment)).toBeNull();
  });
});

describe("pasted text", () => {
  it.each([
    ["https://example.org/play/#v1.Ab-_9", "#v1.Ab-_9"],
    ["  #v1.x  ", "#v1.x"],
    ["[Prices · Headwater](https://example.org/play/#v1.Ab)", "#v1.Ab"],
    ["https://example.org/play/#v1.prices.1x2y3z.Ab-_9", "#v1.prices.1x2y3z.Ab-_9"],
    ["Look at https://example.org/play/#v1.prices.1x2y3z.Ab.", "#v1.prices.1x2y3z.Ab"],
    ["#v1.", "#v1."],
    ["https://example.org/play/", null],
    ["", null],
  ])("may contain a link: %s", (text, link) => {
    expect(findLinkFragment(text)).toBe(link);
  });
});
